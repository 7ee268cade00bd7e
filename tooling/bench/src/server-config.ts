import { join } from 'node:path';
import { apiKeyPepper } from './accounts.ts';

/**
 * The configuration of a server in a bench: like production, but on a free port and without external calls. Its files
 * are below the folder.
 */
export function serverConfig(databaseUrl: string, folder: string) {
  return {
    mode: 'demo' as const,
    databaseUrl,
    listenDatabaseUrl: databaseUrl,
    databaseConnectionsMax: 10,
    redisUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    allowedOrigins: [],
    mail: { smtpUrl: undefined, folder: undefined, from: 'Bench' },
    portalUrl: 'http://127.0.0.1',
    // A subfolder, because the files folder is closed to other users and PostgreSQL must traverse its parent.
    filesFolder: join(folder, 'files'),
    throttle: 'on' as const,
    throttleStore: 'process' as const,
    accessTokenSecret: 'a'.repeat(32),
    apiKeyPepper,
    secondFactorKeys: [{ id: 'bench', secret: 's'.repeat(32) }],
    webhooksAllowLoopback: false,
    trustedProxies: [],
    failpoint: undefined,
    logLevel: 'error',
    renewalInvoiceDays: 7,
    bankTransfer: 'on' as const,
    ai: undefined,
  };
}
