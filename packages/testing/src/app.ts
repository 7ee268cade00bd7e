import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdminConfig } from '@tenantry/config/admin';
import type { ApiConfig } from '@tenantry/config/api';
import type { Clock } from '@tenantry/domain/time';
import { compose as composeAdmin } from '@tenantry/admin/compose';
import { openServer as openAdminServer } from '@tenantry/admin/server';
import { compose } from '@tenantry/api/compose';
import type { App } from '@tenantry/api/app';
import { openServer } from '@tenantry/api/server';
import { type Logger, pino } from 'pino';
import { type Caller, caller } from './caller.ts';
import { type TestDatabase, openTestDatabase } from './database.ts';
import { type RunningProvider, startProvider } from './provider/start-provider.ts';

/** One API server, as one of several processes runs it. */
export interface RunningApi extends Caller {
  api: App;
  close(): Promise<void>;
}

/** A running API with its own database and provider, called over real sockets. */
export interface TestApp extends Caller {
  /** The admin app, beside the API on the same database. */
  admin: Caller;
  api: App;
  database: TestDatabase;
  provider: RunningProvider;
  logs: Record<string, unknown>[];
  /** Where uploaded proofs are kept. */
  filesFolder: string;
  /** Opens another server on the same database, as a second process would. */
  openAnother(changes?: Partial<ApiConfig>): Promise<RunningApi>;
  /** Moves the clock of the app and of every server that `openAnother` opened. */
  passSeconds(seconds: number): void;
  close(): Promise<void>;
}

/** What a test sets of the admin app alone. */
interface AdminOptions {
  /** The port that the admin app listens on, for a test whose pages must know their origin; a free one without it. */
  adminPort?: number;
}

/**
 * Opens the API and the admin app on free ports, with a new database unless one is given. The throttle is off unless a test
 * turns it on.
 */
export async function openTestApp(
  {
    statementAutoConfirm = 'off',
    secondApproverAmounts = {},
    consoleFolder,
    adminPort = 0,
    secondApproverCredits,
    ...changes
  }: Partial<ApiConfig & AdminConfig> & AdminOptions = {},
  given?: TestDatabase,
): Promise<TestApp> {
  const database = given ?? (await openTestDatabase());
  const provider = await startProvider();
  const filesFolder = await mkdtemp(join(tmpdir(), 'tenantry-files-'));
  const logs: Record<string, unknown>[] = [];
  let shiftMilliseconds = 0;
  const config: ApiConfig = {
    mode: 'demo',
    databaseUrl: database.url('tenantry_api'),
    listenDatabaseUrl: database.url('tenantry_api'),
    databaseConnectionsMax: 10,
    redisUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    allowedOrigins: [],
    mail: { smtpUrl: undefined, folder: join(filesFolder, 'mail'), from: 'App <no-reply@app.test>' },
    portalUrl: 'https://portal.test',
    filesFolder,
    throttle: 'off',
    throttleStore: 'process',
    accessTokenSecret: 'a'.repeat(32),
    apiKeyPepper: 'p'.repeat(32),
    secondFactorKeys: [{ id: 'test', secret: 's'.repeat(32) }],
    trustedProxies: [],
    webhooksAllowLoopback: true,
    logLevel: 'info',
    renewalInvoiceDays: 7,
    bankTransfer: 'on',
    failpoint: undefined,
    ai: {
      baseUrl: provider.url,
      apiKey: 'k',
      model: 'test',
      deadlineSeconds: 10,
    },
    ...changes,
  };
  const log = pino({ level: 'info' }, { write: (line) => logs.push(JSON.parse(line)) });
  const clock = () => new Date(Date.now() + shiftMilliseconds);
  const api = await openApi(config, log, clock);
  const adminConfig = {
    ...config,
    databaseUrl: database.url('tenantry_admin'),
    statementAutoConfirm,
    secondApproverAmounts,
    consoleFolder,
    port: adminPort,
    publicUrl: adminPort === 0 ? config.publicUrl : `http://127.0.0.1:${adminPort}`,
    secondApproverCredits,
  };
  const admin = await openAdmin(adminConfig, log, clock);
  return {
    ...caller(api.url),
    admin: caller(admin.url),
    api: api.api,
    openAnother: (more = {}) => openApi({ ...config, ...more }, log, clock),
    database,
    provider,
    logs,
    filesFolder,
    passSeconds: (seconds) => {
      shiftMilliseconds += seconds * 1e3;
      api.api.authentication.accessCache.forget();
    },
    close: async () => {
      await Promise.all([api.close(), admin.close()]);
      await provider.stop();
      await database.close();
      await rm(filesFolder, { recursive: true });
    },
  };
}

async function openApi(config: ApiConfig, log: Logger, clock: Clock): Promise<RunningApi> {
  const { app, close } = await compose(config, log, clock);
  const server = await openServer(app, config);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...caller(url),
    api: app,
    close: async () => {
      await server.close();
      await close();
    },
  };
}

async function openAdmin(config: AdminConfig, log: Logger, clock: Clock) {
  const { app, close } = await composeAdmin(config, log, clock);
  const server = await openAdminServer(app, config);
  return {
    url: await server.listen({ host: '127.0.0.1', port: config.port }),
    close: async () => {
      await server.close();
      await close();
    },
  };
}
