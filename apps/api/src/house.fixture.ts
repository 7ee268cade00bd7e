import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiConfig } from '@tenantry/config/api';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { startProvider } from '@tenantry/testing/provider/start-provider';
import { pino } from 'pino';
import { compose } from './compose.ts';
import type { House } from './house.ts';
import { openServer } from './server.ts';

/** What a test may want to know of an answer. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests read answers by their documented fields; what is not there fails the expectation.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** A running API with its own database and provider, spoken to over real sockets. */
export interface TestHouse {
  url: string;
  house: House;
  database: TestDatabase;
  provider: Awaited<ReturnType<typeof startProvider>>;
  logs: Record<string, unknown>[];
  /** Moves the house's clock. */
  passSeconds(seconds: number): void;
  rest(method: string, path: string, options?: CallOptions): Promise<Answer>;
  trpc(
    path: string,
    input: unknown,
    options?: CallOptions & { type?: 'query' | 'mutation' },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface CallOptions {
  body?: unknown;
  bearer?: string | undefined;
  headers?: Record<string, string>;
}

/** Opens a house on a free port. The throttle is off unless a test asks for it. */
export async function openTestHouse(changes: Partial<ApiConfig> = {}): Promise<TestHouse> {
  const database = await openTestDatabase();
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
    filesFolder,
    throttle: 'off',
    accessTokenSecret: 'a'.repeat(32),
    apiKeyPepper: 'p'.repeat(32),
    trustedProxies: [],
    logLevel: 'info',
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
  const { house, close } = await compose(config, log, clock);
  const server = await openServer(house, config);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    house,
    database,
    provider,
    logs,
    passSeconds: (seconds) => {
      shiftMilliseconds += seconds * 1e3;
      house.authentication.facts.forget();
    },
    rest: (method, path, options = {}) => send(`${url}${path}`, method, options.body, options),
    trpc: async (path, input, options = {}) => {
      const answer =
        options.type === 'query'
          ? await send(
              `${url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
              'GET',
              undefined,
              options,
            )
          : await send(`${url}/trpc/${path}`, 'POST', input ?? {}, options);
      const { result, error } = answer.body ?? {};
      return {
        ...answer,
        body: error === undefined ? result?.data : error.data,
      };
    },
    close: async () => {
      await server.close();
      await close();
      await provider.stop();
      await database.close();
      await rm(filesFolder, { recursive: true });
    },
  };
}

async function send(
  url: string,
  method: string,
  body: unknown,
  { bearer, headers = {} }: CallOptions,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

let people = 0;

/** A person with an account of their own, signed in. */
export interface Owner {
  email: string;
  password: string;
  accountId: string;
  userId: string;
  token: string;
}

/** Registers a new person and signs them in, as anybody does. */
export async function registerOwner(house: TestHouse, more: Record<string, unknown> = {}): Promise<Owner> {
  people += 1;
  const email = `owner${people}.${process.pid}@example.test`;
  const password = 'correct horse battery';
  const body = { email, password, accountName: `Account ${people}`, ...more };
  const registered = await house.rest('POST', '/v1/registrations', { body });
  if (registered.status !== 201) throw new Error(`registration failed: ${JSON.stringify(registered.body)}`);
  const session = await house.rest('POST', '/v1/sessions', { body: { email, password } });
  return {
    email,
    password,
    token: session.body.accessToken,
    accountId: registered.body.account.id,
    userId: registered.body.user.id,
  };
}

/** Makes an API key of an owner's account. */
export async function makeKey(house: TestHouse, owner: Owner, scopes: string[], more = {}): Promise<string> {
  const body = { name: 'A key', scopes, ...more };
  const made = await house.rest('POST', '/v1/api-keys', { body, bearer: owner.token });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made.body)}`);
  return made.body.secret;
}
