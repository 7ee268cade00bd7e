import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { sendRaw } from '../../raw-http.ts';
import { makeKey, registerOwner } from '../../users.ts';
import { type Product, answering, freePort, startProduct } from './product.fixture.ts';

const example = resolve(import.meta.dirname, '../../../../../examples/caddy/Caddyfile');

let app: TestApp;
let throttled: RunningApi;
let product: Product;
let caddy: ChildProcess;
let folder: string;
let url: string;

beforeAll(async () => {
  app = await openTestApp();
  throttled = await app.openAnother({ throttle: 'on', trustedProxies: ['127.0.0.1'] });
  product = await startProduct();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  folder = await mkdtemp(join(tmpdir(), 'tenantry-caddy-'));
  const text = (await readFile(example, 'utf8'))
    .replace(':8080', `:${port}`)
    .replace('127.0.0.1:3000', `127.0.0.1:${product.port}`)
    .replace('127.0.0.1:4000', new URL(throttled.url).host);
  await writeFile(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
  const words = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  caddy = spawn('caddy', words, { stdio: 'ignore', env });
  await answering(url);
}, 60_000);
afterAll(async () => {
  caddy.kill('SIGTERM');
  await product.stop();
  await throttled.close();
  await app.close();
  await rm(folder, { recursive: true });
});

const articles = () => `${url}/articles`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a product behind Caddy with the configuration of the example', () => {
  it('is reached with a valid credential, and told who calls, whatever headers the client sends', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run']);
    const forged = {
      'tenantry-role': 'owner',
      'tenantry-sites': 'forged',
      // A product that reads headers as variables of CGI takes these for the same.
      Tenantry_Role: 'owner',
      'Tenantry.Role': 'owner',
      tenantry_account: 'forged',
    };
    const headers = { ...bearer(key), ...forged };
    const answer = await sendRaw(articles(), { method: 'POST', headers, body: 'a body' });
    expect([answer.status, answer.text]).toEqual([200, 'an article']);
    const seen = product.reached.at(-1) ?? {};
    expect(seen).toMatchObject({
      'tenantry-account': owner.accountId,
      'tenantry-actor': expect.stringMatching(/^api_key:/),
      'tenantry-plan': 'trial',
      'tenantry-role': 'none',
      'tenantry-scopes': 'operation:run',
      'tenantry-sites': 'all',
    });
    expect(JSON.stringify(seen)).not.toContain('forged');
    expect(Object.keys(seen).filter((name) => /^tenantry[_.]/i.test(name))).toEqual([]);
    expect(seen.authorization).toBeUndefined();
  });

  it('is not reached otherwise, and the client gets the refusal as the API made it', async () => {
    const owner = await registerOwner(app);
    const bound = await makeKey(app, owner, ['operation:run'], { allowedAddresses: ['192.0.2.0/24'] });
    const bare = await makeKey(app, owner, ['site:read']);
    const before = product.reached.length;
    for (const [headers, status, code] of [
      [{}, 401, 'unauthenticated'],
      [bearer('tny_live_x'), 401, 'unauthenticated'],
      [{ ...bearer(bound), 'x-forwarded-for': '192.0.2.7' }, 401, 'unauthenticated'],
      [bearer(bare), 403, 'scope_missing'],
    ] as const) {
      const answer = await sendRaw(articles(), { method: 'GET', headers });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect(product.reached.length).toBe(before);
  });

  it('is asked about requests of every method, and about those that ask for a WebSocket', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run']);
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const preflight = { origin: 'https://page.example', 'access-control-request-method': 'POST' };
    const before = product.reached.length;
    for (const [method, headers] of [
      ['HEAD', {}],
      ['OPTIONS', preflight],
      ['DELETE', {}],
      ['GET', { ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }],
      ['GET', { 'x-original-method': 'OPTIONS', 'x-forwarded-method': 'OPTIONS' }],
    ] as const) {
      expect((await sendRaw(articles(), { method, headers })).status, method).toBe(401);
      expect(product.reached.length, method).toBe(before);
    }
    expect((await sendRaw(articles(), { method: 'HEAD', headers: bearer(key) })).status).toBe(200);
  });
});
