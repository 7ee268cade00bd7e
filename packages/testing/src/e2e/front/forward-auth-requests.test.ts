import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { type RawAnswer, sendRaw } from '../../raw-http.ts';
import { makeKey, registerOwner } from '../../users.ts';

const page = 'https://page.example';
let app: TestApp;
let api: RunningApi;
let key: string;
beforeAll(async () => {
  app = await openTestApp();
  api = await app.openAnother({ allowedOrigins: [page] });
  key = await makeKey(app, await registerOwner(app), ['operation:run']);
});
afterAll(async () => {
  await api.close();
  await app.close();
});

const ask = (method: string, headers: Record<string, string | readonly string[]> = {}) =>
  sendRaw(`${api.url}/forward-auth`, { method, headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const verdictOf = ({ status, body }: RawAnswer) => `${status} ${body.code}`;
const preflight = { origin: page, 'access-control-request-method': 'POST' };

/** Sends bytes over a socket, and answers the first line that comes back, and whether the connection stays open. */
function sendBytes(text: string): Promise<{ line: string; connection: string }> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    socket.once('data', (data) => {
      socket.destroy();
      const [line = ''] = String(data).split('\r\n');
      resolve({ line, connection: /^connection: (.*)$/im.exec(String(data))?.[1] ?? '' });
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The server closed the connection without an answer.')));
  });
}

describe('a proxy that asks in another way', () => {
  it('is refused for a preflight without a credential, whose method it keeps, also of an allowed page', async () => {
    expect(verdictOf(await ask('OPTIONS', preflight))).toBe('401 unauthenticated');
    expect(verdictOf(await ask('OPTIONS'))).toBe('401 unauthenticated');
    expect((await ask('OPTIONS', { ...preflight, ...bearer(key) })).status).toBe(200);
    // The rules of our own pages still answer everywhere else.
    const own = await sendRaw(`${api.url}/v1/sites`, { method: 'OPTIONS', headers: preflight });
    expect([own.status, own.headers['access-control-allow-origin']]).toEqual([204, page]);
  });

  it('gets the verdict of the gate for HEAD, and nothing for a method that says it is another', async () => {
    expect((await ask('HEAD')).status).toBe(401);
    expect((await ask('HEAD', bearer(key))).status).toBe(200);
    for (const name of ['x-original-method', 'x-forwarded-method', 'x-http-method-override'])
      expect(verdictOf(await ask('GET', { [name]: 'OPTIONS' })), name).toBe('401 unauthenticated');
    expect((await ask('POST', { 'x-http-method-override': 'GET', ...bearer(key) })).status).toBe(405);
  });

  it('is believed no header that names the caller', async () => {
    const forged = { 'tenantry-actor': 'user:1', 'tenantry-role': 'owner', 'tenantry-status': '200' };
    expect(verdictOf(await ask('GET', forged))).toBe('401 unauthenticated');
    const answer = await ask('GET', { ...forged, ...bearer(key) });
    expect([answer.status, answer.headers['tenantry-role']]).toEqual([200, 'none']);
  });

  it('is answered at once, where it keeps the length of a body that it does not send', async () => {
    const head = `GET /forward-auth HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${key}\r\n`;
    const started = performance.now();
    for (const length of [
      'Content-Length: 77\r\nContent-Type: application/json',
      'Transfer-Encoding: chunked',
    ])
      expect(await sendBytes(`${head}${length}\r\n\r\n`)).toEqual({
        line: 'HTTP/1.1 200 OK',
        // The next request on it would be taken for the body.
        connection: 'close',
      });
    expect(await sendBytes(`${head}\r\n`)).toEqual({ line: 'HTTP/1.1 200 OK', connection: 'keep-alive' });
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('gets an answer and no other protocol, where it passes on the upgrade of a client', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
    const head = `GET /forward-auth HTTP/1.1\r\nHost: api\r\n${upgrade}`;
    expect((await sendBytes(`${head}\r\n`)).line).toBe('HTTP/1.1 401 Unauthorized');
    expect((await sendBytes(`${head}Authorization: Bearer ${key}\r\n\r\n`)).line).toBe('HTTP/1.1 200 OK');
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer  ',
    'Basic dXNlcjpwYXNz',
    'Bearer \xff\xfe',
    'Bearer a b',
    `Bearer\t${'x'.repeat(20)}`,
    'Negotiate',
  ])('is refused with 401 for the malformed header Authorization: %j', async (value) => {
    const answer = await sendBytes(
      `GET /forward-auth HTTP/1.1\r\nHost: api\r\nAuthorization: ${value}\r\n\r\n`,
    );
    expect(answer.line).toBe('HTTP/1.1 401 Unauthorized');
  });
});
