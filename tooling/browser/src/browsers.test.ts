import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { type Owner, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, openChromium } from './chromium.ts';
import { inPage, listen, servePage } from './page.ts';
import { samplesOf } from './samples.ts';

let app: TestApp;
let owner: Owner;
let chromium: Chromium;
let folder: string;
const servers: Server[] = [];
const origins = { own: '', allowed: '', refused: '' };
let apiUrl = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-proxy-'));
  const file = join(folder, 'proxy.mjs');
  await writeFile(file, samplesOf('proxy'));
  const { createProxy } = await import(pathToFileURL(file).href);
  const proxy: Server = createServer((request, response) => {
    const forwarding: Server = createProxy(apiUrl, servePage);
    forwarding.emit('request', request, response);
  });
  servers.push(proxy, createServer(servePage), createServer(servePage));
  const [own = '', allowed = '', refused = ''] = await Promise.all(servers.map(listen));
  Object.assign(origins, { own, allowed, refused });
  app = await openTestApp({ publicUrl: own, allowedOrigins: [allowed], throttle: 'on' });
  apiUrl = app.url;
  owner = await registerOwner(app);
  chromium = await openChromium(process.env);
}, 120_000);
afterAll(async () => {
  await chromium.close();
  await app.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

/** Runs a program in a page of an origin. */
const run = (origin: string, program: string) => inPage(chromium, origin, program);

const credentials = () => `${JSON.stringify(owner.email)}, ${JSON.stringify(owner.password)}`;
const withToken = (api: string, rest: string) =>
  `const token = await signInWithToken('${api}', ${credentials()}); ${rest}`;
const withCookie = (api: string, rest: string) =>
  `await signInWithCookie('${api}', ${credentials()}); ${rest}`;
/** What Chromium throws for a call whose answer the page may not read. */
const blocked = 'Failed to fetch';

const refusedOrigins = () =>
  app.logs.filter(({ origin, setting }) => origin === origins.refused && setting === 'ALLOWED_ORIGINS');

describe('a page of an allowed origin', () => {
  it('calls with a token, and reads the headers of the answer', async () => {
    const program = withToken(app.url, `return callWithToken('${app.url}', token, '/v1/me');`);
    expect(await run(origins.allowed, program)).toEqual({
      answer: expect.objectContaining({ email: owner.email }),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      rate: expect.stringMatching(/r=\d+/),
    });
  });

  it('reads and changes with a cookie', async () => {
    const calls = `
      const site = await callWithCookie('${app.url}', 'POST', '/v1/sites', { name: 'From a page' });
      await callWithCookie('${app.url}', 'DELETE', '/v1/sites/' + site.id);
      return site.name;`;
    expect(await run(origins.allowed, withCookie(app.url, calls))).toBe('From a page');
  });

  it('reads each refusal, with its code and how long to wait', async () => {
    const program = withToken(
      app.url,
      `const response = await fetch('${app.url}/v1/nowhere', { headers: { authorization: 'Bearer ' + token } });
       return [response.status, (await response.json()).code, response.headers.get('x-request-id') !== null];`,
    );
    expect(await run(origins.allowed, program)).toEqual([404, 'not_found', true]);
  });

  it('reads a streamed run as it comes', async () => {
    const program = withToken(
      app.url,
      `const events = [];
       for await (const one of streamRun('${app.url}', token, 'write_content', { prompt: 'A line about tea.' }))
         events.push(one.event);
       return [events[0], events.at(-1), events.length > 2];`,
    );
    expect(await run(origins.allowed, program)).toEqual(['delta', 'done', true]);
  });
});

describe('a page of an origin that is not allowed', () => {
  it('is refused with a token and with a cookie, and the log says which setting to change', async () => {
    const before = refusedOrigins().length;
    expect(await run(origins.refused, withToken(app.url, 'return token;'))).toBe(blocked);
    expect(await run(origins.refused, withCookie(app.url, 'return 1;'))).toBe(blocked);
    const token = `'${owner.token}'`;
    const program = `return callWithToken('${app.url}', ${token}, '/v1/me');`;
    expect(await run(origins.refused, program)).toBe(blocked);
    expect(refusedOrigins().length).toBe(before + 3);
  });

  it('changes nothing with a cookie, though it asks for no preflight', async () => {
    const context = await chromium.browser.newContext();
    const page = await context.newPage();
    await page.goto(origins.allowed);
    await page.evaluate(`(async () => { ${withCookie(app.url, '')} })()`);
    const before = await app.rest('GET', '/v1/credits/holds', { bearer: owner.token });
    const made = await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token });
    await page.goto(origins.refused);
    const release = `${app.url}/v1/credits/holds/${made.body.id}/release`;
    await page.evaluate(
      `fetch('${release}', { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(() => 1)`,
    );
    await context.close();
    const hold = await app.rest('GET', `/v1/credits/holds/${made.body.id}`, { bearer: owner.token });
    expect([before.status, hold.body.status]).toEqual([200, 'open']);
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        origin: origins.refused,
        path: 'credit.release',
        setting: 'ALLOWED_ORIGINS',
      }),
    );
  });
});

describe('a page behind the proxy of the API', () => {
  it('reads, changes and streams with a cookie or a token, of one origin', async () => {
    const calls = `
      const site = await callWithCookie('', 'POST', '/v1/sites', { name: 'Of one origin' });
      await callWithCookie('', 'DELETE', '/v1/sites/' + site.id);
      return [site.name, document.cookie];`;
    expect(await run(origins.own, withCookie('', calls))).toEqual(['Of one origin', '']);
    const stream = `let last;
      for await (const one of streamRun('', token, 'write_content', { prompt: 'A line about tea.' })) last = one;
      return last.event;`;
    expect(await run(origins.own, withToken('', stream))).toBe('done');
  });
});
