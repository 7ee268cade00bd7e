import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastifyTRPCPlugin, type CreateFastifyContextOptions } from '@trpc/server/adapters/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { takeBodies } from './bodies.ts';
import { answerOtherMethods, answerUnknown, takeEveryMethod } from './methods.ts';
import { transportErrors } from './problem.ts';
import { restProcedures } from './procedures.ts';
import { registerRest } from './routes.ts';
import { type AppContext, problemTypePrefix, router, transportProblem } from './router.fixture.ts';

const transport = transportErrors(transportProblem);

export interface App {
  readonly origin: string;
  readonly port: number;
  readonly faults: string[];
  readonly steps: string[];
  readonly fastify: FastifyInstance;
}

/** Opens the local router over a real socket, by REST under /v1 and by tRPC under /trpc. */
export async function openStack(): Promise<App> {
  const faults: string[] = [];
  const steps: string[] = [];
  const fastify = Fastify({
    bodyLimit: 1000,
    frameworkErrors: transport.answer,
    genReqId: () => 'request-1',
  });
  fastify.setErrorHandler(transport.answer);
  takeEveryMethod(fastify);
  answerUnknown(fastify, transport);
  takeBodies(fastify);
  const contextOf = (credential: string | undefined): AppContext => ({
    requestId: 'request-1',
    credential,
    steps,
  });
  registerRest(fastify, {
    router,
    prefix: '/v1',
    errors: transport,
    createContext: async (request) => {
      if (request.headers['x-break'] !== undefined) throw new Error('the context broke');
      return contextOf(request.headers.authorization);
    },
    onFault: (error) => faults.push(error.message),
  });
  answerOtherMethods(fastify, { prefix: '/v1', errors: transport, procedures: restProcedures(router) });
  await fastify.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router,
      createContext: ({ req }: CreateFastifyContextOptions) => contextOf(req.headers.authorization),
    },
  });
  fastify.get('/broken', () => {
    throw new Error('password=hunter2');
  });
  const origin = await fastify.listen({ port: 0, host: '127.0.0.1' });
  return { origin, port: portOf(fastify), faults, steps, fastify };
}

function portOf(fastify: FastifyInstance): number {
  return (fastify.server.address() as AddressInfo).port;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends exactly this request line, which fetch would tidy up. */
export function send(
  app: App,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: app.port,
        method,
        path,
        agent: false,
        headers: { authorization: 'a', ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

/** Sends a JSON body. */
export function sendJson(app: App, method: string, path: string, value: unknown): Promise<Answer> {
  return send(app, method, path, JSON.stringify(value), { 'content-type': 'application/json' });
}

/** The problem that an answer is; fails the test when it is none. */
export function problemOf(answer: Answer): {
  code: string;
  status: number;
  errors?: { path: string; message: string }[];
} {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(answer.text);
  expect(problem).toMatchObject({ status: answer.status, requestId: 'request-1' });
  expect(problem.type).toBe(`${problemTypePrefix}${problem.code}`);
  return problem;
}
