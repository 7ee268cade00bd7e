import { initTRPC } from '@trpc/server';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { takeBodies } from './bodies.ts';
import { transportErrors } from './problem.ts';
import { transportProblem } from './router.fixture.ts';
import { serveTrpc } from './trpc.ts';

const t = initTRPC.create();
const router = t.router({
  leave: t.procedure.input(z.strictObject({}).prefault({})).mutation(({ input }) => ({ input })),
  rename: t.procedure.input(z.strictObject({ name: z.string() })).mutation(({ input }) => ({ input })),
});
const fastify = Fastify();
let origin: string;
beforeAll(async () => {
  takeBodies(fastify);
  const errors = transportErrors(transportProblem);
  await fastify.register(serveTrpc, { prefix: '/trpc', router, errors, createContext: async () => ({}) });
  origin = await fastify.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => fastify.close());

async function post(path: string, body: string | undefined): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, ...(body === undefined ? {} : { body }) };
  const response = await fetch(`${origin}/trpc/${path}`, request);
  const { result } = JSON.parse(await response.text());
  return [response.status, result?.data];
}

describe('a tRPC mutation', () => {
  test.each([undefined, '', '{}'])('that needs no input takes a body of %j', async (body) => {
    expect(await post('leave', body)).toEqual([200, { input: {} }]);
  });

  test.each([undefined, '', '{}'])('that needs an input refuses a body of %j', async (body) => {
    expect(await post('rename', body)).toEqual([400, undefined]);
  });

  test.each([' ', '{', 'null', '{"other":1}'])('without input refuses a body of %j', async (body) => {
    expect(await post('leave', body)).toEqual([400, undefined]);
  });
});
