import { credentialPrefixes, gateHeaders } from '@tenantry/contract/headers';
import { compose } from '@tenantry/api/compose';
import { openServer } from '@tenantry/api/server';
import { serverTimeouts } from '@tenantry/domain/timeouts';
import { transportProblem } from '@tenantry/gate/public-error';
import { openHttp } from '@tenantry/rest/http';
import { createRequestContext } from '@tenantry/rest/request-context';
import Fastify from 'fastify';
import { pino } from 'pino';
import { gateRouter } from './gate-router.ts';
import { serverConfig } from './server-config.ts';

const [databaseUrl = '', folder = '', redisUrl] = process.argv.slice(2);
const log = pino({ level: 'error' });
const config = { ...serverConfig(databaseUrl, folder), redisUrl };
const { app, close } = await compose(config, log, () => new Date());
const context = { cookie: app.cookie, headers: gateHeaders, credentialPrefixes };
const listen = { host: '127.0.0.1', port: 0 };

const api = await openServer(app, config);
const measured = await openHttp({
  log,
  trustedProxies: [],
  router: gateRouter,
  timeouts: serverTimeouts({ runDeadlineSeconds: 0, uploadBytesMax: 0 }),
  transportProblem,
  createContext: async (request, reply, calls) =>
    createRequestContext(app, { request, reply, calls }, context),
});
const alone = Fastify({ logger: false });
alone.get('/alone', async () => ({ items: [], nextCursor: null }));
const servers = { api, measured, alone };
const urls: Record<string, string> = {};
for (const [name, server] of Object.entries(servers)) urls[name] = await server.listen(listen);
console.log(JSON.stringify(urls));

process.on('disconnect', () => {
  void Promise.all(Object.values(servers).map((server) => server.close()))
    .then(close)
    .then(() => process.exit(0));
});
