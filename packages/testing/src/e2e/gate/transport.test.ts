import { connect } from 'node:net';
import { problem } from '@tenantry/contract/problem';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** Whether a server accepts a new connection. */
function takesConnections(url: string): Promise<boolean> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.destroy());
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(true));
  });
}

/** Sends a text as it is; answers what the server sends until it closes the connection, or for a second. */
function sendRaw(text: string, url = app.url): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
    setTimeout(() => socket.destroy(), 1000);
  });
}

describe('a server that is shut down', () => {
  it('finishes the calls that it has begun and accepts no new ones (M7)', async () => {
    const owner = await registerOwner(app);
    const api = await app.openAnother();
    const hold = () => api.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token });
    expect(verdictOf(await hold())).toBe('ok');
    const client = new pg.Client({ connectionString: app.database.url('postgres') });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from credit_balance where account_id = $1 for update', [owner.accountId]);
    const begun = hold();
    await expect
      .poll(() =>
        app.database.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%credit_balance%'",
        ),
      )
      .toHaveLength(1);
    const { port, hostname } = new URL(api.url);
    const unused = connect(Number(port), hostname);
    await new Promise((resolve) => unused.once('connect', resolve));
    const ended = api.close();
    await expect.poll(() => takesConnections(api.url)).toBe(false);
    await client.query('commit');
    await client.end();
    expect(verdictOf(await begun)).toBe('ok');
    await ended;
  });
});

describe('five hundred clients that never finish a request', () => {
  it('are disconnected within half a minute and delay no other call (M1)', async () => {
    const { port, hostname } = new URL(app.url);
    const head = 'POST /v1/registrations HTTP/1.1\r\nHost: x\r\n';
    const halfBody = `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email`;
    let open = 0;
    const began = performance.now();
    for (let index = 0; index < 500; index += 1) {
      const socket = connect(Number(port), hostname, () => socket.write(index % 2 === 0 ? head : halfBody));
      socket.on('connect', () => (open += 1));
      socket.on('error', () => undefined);
      socket.on('close', () => (open -= 1));
      socket.resume();
    }
    await expect.poll(() => open).toBe(500);
    const verdicts = await runConcurrently(100, 5, async () => verdictOf(await app.rest('GET', '/v1/plans')));
    expect(verdicts).toEqual({ ok: 100 });
    expect(open).toBe(500);
    await expect.poll(() => open, { timeout: 32_000, interval: 200 }).toBe(0);
    console.log(`slow clients: 500 disconnected after ${Math.round((performance.now() - began) / 1000)} s`);
  }, 60_000);
});

describe('an invalid HTTP message', () => {
  const head = `POST /v1/registrations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;

  /** The status, and whether head and body are those of a problem of ours. */
  function formOf(answer: string): [status: number, isProblem: boolean, code: string] {
    const [head = '', text = '{}'] = answer.split('\r\n\r\n');
    const status = Number(/^HTTP\/1\.1 (\d+) /.exec(head)?.[1]);
    const body = JSON.parse(text);
    const names = ['content-type: application/problem+json', 'x-content-type-options: nosniff'];
    const hasHead = names.every((line) => head.toLowerCase().includes(line));
    const isOurs = hasHead && problem.safeParse(body).success && body.status === status;
    return [status, isOurs && head.toLowerCase().includes(`x-request-id: ${body.requestId}`), body.code];
  }

  const invalid: readonly [what: string, text: string, status: number, code: string][] = [
    ['no HTTP', 'what is this\r\n\r\n', 400, 'invalid_input'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400, 'invalid_input'],
    ['an unknown method', 'FETCH /v1/plans HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'invalid_input'],
    ['an invalid request line', 'GET  /v1/plans HTTP/1.1 x\r\nHost: x\r\n\r\n', 400, 'invalid_input'],
    ['no host', 'GET /v1/plans HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid_input'],
    [
      'large headers',
      `GET /v1/plans HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'many headers',
      `GET /v1/plans HTTP/1.1\r\nHost: x\r\n${'X-A: 1\r\n'.repeat(5000)}\r\n`,
      431,
      'headers_too_large',
    ],
    ['a long path', `GET /v1/${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers_too_large'],
    [
      'an expectation',
      'GET /v1/plans HTTP/1.1\r\nHost: x\r\nExpect: rain\r\n\r\n',
      417,
      'expectation_failed',
    ],
    [
      'a tunnel',
      'CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\n\r\n',
      405,
      'method_not_allowed',
    ],
    ['chunks that are none', `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`, 400, 'invalid_input'],
  ];

  it.each(invalid)(
    'with %s gets a problem from both apps, and its connection is closed',
    async (_what, text, status, code) => {
      for (const caller of [app, app.admin]) {
        const began = performance.now();
        expect(formOf(await sendRaw(text, caller.url))).toEqual([status, true, code]);
        expect(performance.now() - began).toBeLessThan(900);
      }
    },
  );

  it('that asks for another protocol is answered in this one', async () => {
    const upgrade = 'Connection: Upgrade, close\r\nUpgrade: websocket\r\n';
    for (const caller of [app, app.admin]) {
      const answer = await sendRaw(`GET /nothing HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`, caller.url);
      expect(formOf(answer)).toEqual([404, true, 'not_found']);
    }
  });

  it('after a valid one on the same connection does not stand inside its answer', async () => {
    const answer = await sendRaw('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nwhat is this\r\n\r\n');
    const [first = '', second = ''] = answer.split('{"status":"ok"}');
    expect(first).toMatch(/^HTTP\/1\.1 200 /);
    expect(formOf(second)).toEqual([400, true, 'invalid_input']);
  });

  it.each([
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{"a":}`],
    ['a length and chunks', `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a NUL byte in a header', `GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n`],
  ])('with %s is refused, and its connection is closed (D18)', async (_what, text) => {
    expect(await sendRaw(text)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a malicious body', () => {
  it.each([
    ['nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a megabyte of text', JSON.stringify({ email: 'x'.repeat(1_000_000) })],
    ['ten thousand elements', JSON.stringify({ email: Array.from({ length: 10_000 }, () => 0) })],
    ['numbers beyond all bounds', '{"amount":1e400}'],
    ['one key many times', `{${Array.from({ length: 5000 }, () => '"email":"x"').join()}}`],
  ])('is refused when it is %s (D14)', async (_what, body) => {
    for (const path of ['/v1/registrations', '/trpc/registration.create']) {
      const response = await fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect([400, 413]).toContain(response.status);
      await response.text();
    }
  });

  it('is refused as too large above a megabyte over both transports (D13)', async () => {
    const body = JSON.stringify({ email: 'x'.repeat(1_100_000) });
    for (const path of ['/v1/registrations', '/trpc/registration.create']) {
      const response = await fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(413);
      expect(await response.text()).toContain('payload_too_large');
    }
  });
});

describe('a path', () => {
  it.each([
    '/V1/sites',
    '/v1/Sites',
    '/v1//sites',
    '/v1/sites/',
    '/v1/./sites',
    '/v1/sites;x',
    '/trpc/site.List',
    '/trpc/site',
  ])('is matched literally: %s matches no route (D7)', async (path) => {
    const owner = await registerOwner(app);
    const request = `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${owner.token}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(request)).toMatch(/^HTTP\/1\.1 (404|400) /);
  });
});
