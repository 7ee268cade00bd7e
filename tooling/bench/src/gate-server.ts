import { compose } from '@tenantry/api/compose';
import { openServer } from '@tenantry/api/server';
import { makeStreet } from '@tenantry/api/street';
import { openHttp } from '@tenantry/rest/http';
import Fastify from 'fastify';
import { pino } from 'pino';
import { openBenchDatabase } from './database.ts';
import { gateRouter } from './gate-router.ts';

const log = pino({ level: 'error' });
const folder = process.argv[2] ?? '';
const database = await openBenchDatabase(folder);
const config = {
  mode: 'demo',
  databaseUrl: database.url('tenantry_api'),
  listenDatabaseUrl: database.url('tenantry_api'),
  databaseConnectionsMax: 10,
  redisUrl: process.env['REDIS_URL'],
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://127.0.0.1',
  mail: { smtpUrl: undefined, folder: undefined, from: 'Bench' },
  portalUrl: 'http://127.0.0.1',
  filesFolder: folder,
  throttle: 'on',
  throttleStore: 'process',
  accessTokenSecret: 'a'.repeat(32),
  apiKeyPepper: 'p'.repeat(32),
  trustedProxies: [],
  logLevel: 'error',
  ai: undefined,
} as const;
const { house, close } = await compose({ ...config, trustedProxies: [] }, log, () => new Date());
const listen = { host: '127.0.0.1', port: 0 };

/** Makes an account without limits, and a key of it, as a customer would. */
async function makeKey(): Promise<string> {
  const server = await openServer(house, config);
  const url = `${await server.listen(listen)}/v1`;
  const post = async (path: string, body: object, headers = {}): Promise<Record<string, string>> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(url + path, { ...init, body: JSON.stringify(body) });
    return JSON.parse(await response.text());
  };
  const person = { email: 'bench@example.test', password: 'correct horse battery' };
  await post('/registrations', { ...person, accountName: 'Bench' });
  await database.unthrottle();
  const { accessToken } = await post('/sessions', person);
  const authorization = `Bearer ${accessToken}`;
  const { secret } = await post('/api-keys', { name: 'Bench', scopes: ['credit:read'] }, { authorization });
  await server.close();
  if (secret === undefined) throw new Error('no key was made');
  return secret;
}

const key = await makeKey();
house.authentication.facts.forget();
const server = await openHttp({
  log,
  trustedProxies: [],
  router: gateRouter,
  createContext: async (request, reply, calls) => makeStreet(house, request, reply, calls),
});
const alone = Fastify({ logger: false });
alone.get('/alone', async () => ({ items: [], nextCursor: null }));
const urls = { house: await server.listen(listen), alone: await alone.listen(listen) };
console.log(JSON.stringify({ ...urls, key }));

process.on('disconnect', () => {
  void Promise.all([server.close(), alone.close()])
    .then(close)
    .then(database.stop)
    .then(() => process.exit(0));
});
