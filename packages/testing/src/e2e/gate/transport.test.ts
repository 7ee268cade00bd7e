import { connect } from 'node:net';
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
function sendRaw(text: string): Promise<string> {
  const { port, hostname } = new URL(app.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
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
