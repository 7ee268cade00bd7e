import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:net';
import { initTRPC } from '@trpc/server';
import { serverTimeouts } from '@tenantry/domain/timeouts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { transportProblem } from '@tenantry/gate/public-error';
import { type HttpTimeouts, openHttp } from '@tenantry/rest/http';
import type { RestMeta } from '@tenantry/rest/meta';

/** A minute of the product is a second here. */
const scale = 60;

const t = initTRPC.meta<RestMeta>().create();
const router = t.router({
  run: t.procedure
    .meta({ rest: { method: 'POST', path: '/runs', tags: [], summary: 'A run' } })
    .input(z.object({}))
    .mutation(async () => {
      await wait((75 * 1000) / scale);
      return { output: 'late' };
    }),
});

function scaled(timeouts: HttpTimeouts): HttpTimeouts {
  const part = (milliseconds: number) => Math.round(milliseconds / scale);
  return {
    headersMilliseconds: part(timeouts.headersMilliseconds),
    bodyMilliseconds: part(timeouts.bodyMilliseconds),
    requestMilliseconds: part(timeouts.requestMilliseconds),
    silenceMilliseconds: part(timeouts.silenceMilliseconds),
    keepAliveMilliseconds: part(timeouts.keepAliveMilliseconds),
  };
}

let server: Awaited<ReturnType<typeof openHttp>>;
let url: URL;
beforeAll(async () => {
  server = await openHttp({
    log: pino({ level: 'silent' }),
    trustedProxies: [],
    router,
    transportProblem,
    timeouts: scaled(serverTimeouts({ runDeadlineSeconds: 120, uploadBytesMax: 0 })),
    createContext: async () => ({}),
  });
  url = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
});
afterAll(() => server.close());

describe('a server with the timeouts that its settings need', () => {
  it('delivers a run that is answered after more than a minute and before its deadline', async () => {
    const response = await fetch(new URL('/v1/runs', url), { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([200, { output: 'late' }]);
  });

  it('refuses a body that does not arrive, as a problem', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () =>
        socket.write(
          'POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
        ),
      );
      let answer = '';
      socket.on('data', (piece) => (answer += String(piece)));
      socket.on('close', () => resolve(answer));
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\ncontent-type: application\/problem\+json\r\n/);
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      status: 408,
      code: 'request_timeout',
    });
  });
});
