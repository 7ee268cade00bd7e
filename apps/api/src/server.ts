import {
  accountHeader,
  browserHeaders,
  credentialPrefixes,
  gateHeaders,
  idempotencyKeyHeader,
} from '@tenantry/contract/headers';
import { ping } from '@tenantry/db/ping';
import { databaseTimeouts } from '@tenantry/domain/timeouts';
import { proofBytesMax } from '@tenantry/files/proof-store';
import { transportProblem } from '@tenantry/gate/public-error';
import { serveHealth } from '@tenantry/rest/health';
import { openHttp } from '@tenantry/rest/http';
import { serveReference } from '@tenantry/rest/reference';
import { createRequestContext } from '@tenantry/rest/request-context';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { openApiDocument } from './document.ts';
import { fileRouter } from './files.ts';
import { serveForwardAuth } from './forward-auth.ts';
import { appRouter } from './router.ts';
import { timeoutsOfApi } from './timeouts.ts';

export interface ServerOptions {
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Where clients reach this server. */
  publicUrl: string;
  /** The provider of runs, of a server that has them. */
  ai?: { readonly deadlineSeconds: number } | undefined;
}

/** Builds the HTTP server of an app. It listens when its caller says so. */
export async function openServer(
  app: App,
  { trustedProxies, publicUrl, ai }: ServerOptions,
): Promise<FastifyInstance> {
  const context = {
    cookie: app.cookie,
    headers: gateHeaders,
    credentialPrefixes,
  };
  const fastify = await openHttp({
    log: app.log,
    trustedProxies,
    router: appRouter,
    files: { router: fileRouter, bytesMax: proofBytesMax },
    transportProblem,
    browsers: {
      origins: app.authentication.origins,
      requestHeaders: [accountHeader, idempotencyKeyHeader],
      exposedHeaders: browserHeaders,
      setting: 'ALLOWED_ORIGINS',
    },
    timeouts: timeoutsOfApi(ai),
    createContext: async (request, reply, calls) =>
      createRequestContext(app, { request, reply, calls }, context),
  });
  const { cookie: _cookie, ...withoutCookie } = context;
  await fastify.register(serveForwardAuth, {
    createContext: (request: FastifyRequest, reply: FastifyReply) =>
      createRequestContext(app, { request, reply }, withoutCookie),
  });
  await fastify.register(serveReference, { document: openApiDocument(publicUrl) });
  await fastify.register(serveHealth, {
    isReady: () => ping(app.database),
    readyMilliseconds: databaseTimeouts.readyMilliseconds,
  });
  return fastify;
}
