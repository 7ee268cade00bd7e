import { join } from 'node:path';
import { credentialPrefixes, gateHeaders } from '@tenantry/contract/headers';
import { ping } from '@tenantry/db/ping';
import { databaseTimeouts, serverTimeouts } from '@tenantry/domain/timeouts';
import { transportProblem } from '@tenantry/gate/public-error';
import { statementBytesMax } from '@tenantry/statements/bounds';
import { serveHealth } from '@tenantry/rest/health';
import { openHttp } from '@tenantry/rest/http';
import { serveReference } from '@tenantry/rest/reference';
import { createRequestContext } from '@tenantry/rest/request-context';
import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';
import { openApiDocument } from './document.ts';
import { fileRouter } from './files.ts';
import { adminRouter } from './router.ts';

export interface ServerOptions {
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Where clients reach this server. */
  publicUrl: string;
  /** The folder of the console as it was built. */
  consoleFolder: string | undefined;
}

/** Where the console is after it was built (`npm run build:console`). */
const builtConsole = join(import.meta.dirname, '../web/dist');

/** Builds the HTTP server of an app. It listens when its caller says so. */
export async function openServer(
  app: App,
  { trustedProxies, publicUrl, consoleFolder = builtConsole }: ServerOptions,
): Promise<FastifyInstance> {
  const context = { cookie: app.cookie, headers: gateHeaders, credentialPrefixes };
  const fastify = await openHttp({
    log: app.log,
    trustedProxies,
    router: adminRouter,
    files: { router: fileRouter, bytesMax: statementBytesMax },
    webApp: consoleFolder,
    transportProblem,
    timeouts: serverTimeouts({ runDeadlineSeconds: 0, uploadBytesMax: statementBytesMax }),
    createContext: async (request, reply, calls) =>
      createRequestContext(app, { request, reply, calls }, context),
  });
  await fastify.register(serveReference, { document: openApiDocument(publicUrl) });
  await fastify.register(serveHealth, {
    isReady: () => ping(app.database),
    readyMilliseconds: databaseTimeouts.readyMilliseconds,
  });
  return fastify;
}
