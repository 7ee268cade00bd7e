import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireTenant as requireInExpress, verdictOf as verdictInExpress } from '@tenantry/client/express';
import { requireTenant as requireInFastify, verdictOf as verdictInFastify } from '@tenantry/client/fastify';
import type { Accepted, Service, VerifyTerms } from '@tenantry/client/server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';

/** A product that sells articles, built with a framework. Its one route is verified by the terms. */
export interface Product {
  call(headers: Headers | Record<string, string>): Promise<Response>;
  /** Where it listens; undefined for one that is called in this process. */
  readonly url?: string;
  stop(): Promise<unknown>;
}

/** Work that costs 3 credits where the terms hold credits. */
async function article(verdict: Accepted): Promise<{ accountId: string; charged: number }> {
  const accountId = verdict.account.id;
  if (verdict.hold === null) return { accountId, charged: 0 };
  const { value, hold } = await verdict.work(async () => ({ value: accountId, amount: 3 }));
  return { accountId: value, charged: hold.settledAmount };
}

/** A route handler as Next.js has them: a function of the Fetch API. */
async function nextJs(service: Service, terms: VerifyTerms): Promise<Product> {
  async function POST(request: Request): Promise<Response> {
    const verdict = await service.verify(request, terms);
    if (!verdict.valid) return verdict.response();
    return Response.json(await article(verdict));
  }
  return {
    call: (headers) => POST(new Request('http://product.test/articles', { method: 'POST', headers })),
    stop: async () => undefined,
  };
}

async function hono(service: Service, terms: VerifyTerms): Promise<Product> {
  const app = new Hono();
  app.post('/articles', async ({ req, json }) => {
    const verdict = await service.verify(req.raw, terms);
    return verdict.valid ? json(await article(verdict)) : verdict.response();
  });
  app.onError((_fault, { text }) => text('Failed.', 500));
  return {
    call: async (headers) => app.request('/articles', { method: 'POST', headers }),
    stop: async () => undefined,
  };
}

async function onExpress(service: Service, terms: VerifyTerms): Promise<Product> {
  const app = express();
  app.post('/articles', requireInExpress(service, terms), async (request, response) => {
    response.json(await article(verdictInExpress(request)));
  });
  const failed: express.ErrorRequestHandler = (_fault, _request, response, _next) => {
    response.status(500).send('Failed.');
  };
  app.use(failed);
  const server: Server = await new Promise((listening) => {
    const one = app.listen(0, '127.0.0.1', () => listening(one));
  });
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  return { ...over(url), stop: () => new Promise((closed) => server.close(closed)) };
}

async function onFastify(service: Service, terms: VerifyTerms): Promise<Product> {
  const app = fastify();
  app.post('/articles', { preHandler: requireInFastify(service, async () => terms) }, async (request) =>
    article(verdictInFastify(request)),
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { ...over(url), stop: () => app.close() };
}

const over = (url: string): Pick<Product, 'call' | 'url'> => ({
  url,
  call: (headers) => fetch(`${url}/articles`, { method: 'POST', headers }),
});

// A server that listens on a port has an address with one.
function portOf(address: AddressInfo | string | null): number {
  return (address as AddressInfo).port;
}

export const frameworks = { 'Next.js': nextJs, Hono: hono, Express: onExpress, Fastify: onFastify } as const;
export const frameworkNames = ['Next.js', 'Hono', 'Express', 'Fastify'] as const;
