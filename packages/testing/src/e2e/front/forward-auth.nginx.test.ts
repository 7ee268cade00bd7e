import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { makeKey, registerOwner } from '../../users.ts';
import { type Product, answering, freePort, startProduct } from './product.fixture.ts';

const example = resolve(import.meta.dirname, '../../../../../examples/nginx/nginx.conf');

let app: TestApp;
let throttled: RunningApi;
let product: Product;
let nginx: ChildProcess;
let folder: string;
let url: string;

beforeAll(async () => {
  app = await openTestApp();
  throttled = await app.openAnother({ throttle: 'on', trustedProxies: ['127.0.0.1'] });
  product = await startProduct();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  folder = await mkdtemp(join(tmpdir(), 'tenantry-nginx-'));
  const config = (await readFile(example, 'utf8'))
    .replace('127.0.0.1:8080', `127.0.0.1:${port}`)
    .replace('127.0.0.1:3000', `127.0.0.1:${product.port}`)
    .replace('127.0.0.1:4000', new URL(throttled.url).host);
  await writeFile(join(folder, 'nginx.conf'), config);
  const own = `daemon off; pid ${join(folder, 'nginx.pid')}; error_log stderr;`;
  nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', own], { stdio: 'ignore' });
  await answering(url);
}, 60_000);
afterAll(async () => {
  nginx.kill('SIGQUIT');
  await product.stop();
  await throttled.close();
  await app.close();
  await rm(folder, { recursive: true });
});

const ask = (headers: Record<string, string>, method = 'POST') =>
  fetch(`${url}/articles`, { method, headers, body: method === 'POST' ? 'a body' : null });
const codeOf = (body: unknown) => (body as { code: string }).code;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a product behind nginx with the configuration of the example', () => {
  it('is reached with a valid credential, and told who calls', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run']);
    const answer = await ask({ ...bearer(key), 'tenantry-role': 'owner', 'tenantry-sites': 'forged' });
    expect([answer.status, await answer.text()]).toEqual([200, 'an article']);
    expect(product.reached.at(-1)).toMatchObject({
      'tenantry-account': owner.accountId,
      'tenantry-actor': expect.stringMatching(/^api_key:/),
      'tenantry-plan': 'trial',
      'tenantry-role': 'none',
      'tenantry-scopes': 'operation:run',
      'tenantry-sites': 'all',
    });
    expect(product.reached.at(-1)?.authorization).toBeUndefined();
  });

  it('is not reached otherwise, and the client gets the status and the code of the refusal', async () => {
    const owner = await registerOwner(app);
    const other = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run']);
    const bare = await makeKey(app, owner, ['site:read']);
    const bound = await makeKey(app, other, ['operation:run'], { allowedAddresses: ['192.0.2.0/24'] });
    const before = product.reached.length;
    const refusalOf = async (headers: Record<string, string>) => {
      const answer = await ask(headers);
      return [answer.status, codeOf(await answer.json())];
    };
    const nobody = await ask({});
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await ask(bearer('tny_live_x'))).status).toBe(401);
    expect((await ask(bearer(bound))).status).toBe(401);
    expect(await refusalOf(bearer(bare))).toEqual([403, 'scope_missing']);
    expect(await refusalOf({ ...bearer(key), 'tenantry-account': other.accountId })).toEqual([
      404,
      'not_found',
    ]);
    await app.database.query(
      "update subscription set status = 'trialing', period_end = now() - interval '1 hour', period_start = now() - interval '9 days' where account_id = $1",
      [owner.accountId],
    );
    throttled.api.authentication.accessCache.forget();
    expect(await refusalOf(bearer(key))).toEqual([402, 'trial_expired']);
    expect(product.reached.length).toBe(before);
  });

  it('is not reached above the rate of the plan; the client learns when to try again', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run']);
    const statuses: number[] = [];
    for (let call = 0; call < 10; call += 1) statuses.push((await ask(bearer(key))).status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
    const refused = await ask(bearer(key));
    expect([refused.status, codeOf(await refused.json())]).toEqual([429, 'throttled']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
