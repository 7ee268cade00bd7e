import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { problemIn, sendRaw } from '../../raw-http.ts';
import { type Owner, registerOwner, signInCookie } from '../../users.ts';

const allowed = 'https://app.example.com';
let app: TestApp;
let owner: Owner;
let cookie: string;
beforeAll(async () => {
  app = await openTestApp({ publicUrl: 'http://127.0.0.1', allowedOrigins: [allowed] });
  owner = await registerOwner(app);
  cookie = (await signInCookie(app, owner))['cookie'] ?? '';
});
afterAll(() => app.close());

const json = { 'content-type': 'application/json' };
const paths = ['/v1/sites', '/trpc/site.create', '/trpc/site.create?batch=1', '/v1/nowhere', '/health/live'];
const preflight = (url: string, origin: string) =>
  sendRaw(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key,tenantry-account',
    },
  });

/** Origins that look like an allowed one. */
const tricks = [
  'null',
  '',
  `${allowed}.evil.test`,
  `${allowed}:444`,
  `${allowed}/`,
  'http://app.example.com',
  'https://evil-app.example.com',
  'https://app.example.com.evil.test',
  'https://app.example.com@evil.test',
  'https://APP.example.com',
  'https://example.com',
  `${allowed}, https://evil.test`,
  'http://127.0.0.1.evil.test',
  'http://127.0.0.1:81',
];

/** Makes a site by cookie, as a page of an origin would. */
function createByCookie(path: string, origin: string | undefined) {
  const input = { name: 'By cookie' };
  const body = JSON.stringify(path.endsWith('batch=1') ? { 0: input } : input);
  const headers = { ...json, cookie, ...(origin === undefined ? {} : { origin }) };
  return sendRaw(app.url + path, { method: 'POST', headers, body });
}

describe('a preflight', () => {
  it.each(paths)(
    'of an allowed origin is answered at %s, with what the page may send and read',
    async (path) => {
      for (const origin of [allowed, 'http://127.0.0.1']) {
        const { status, text, headers } = await preflight(app.url + path, origin);
        expect([status, text]).toEqual([204, '']);
        expect(headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-credentials': 'true',
          vary: 'Origin',
        });
        expect(String(headers['access-control-allow-methods'])).toMatch(/POST.*PATCH.*DELETE/);
        for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key', 'Tenantry-Account'])
          expect(String(headers['access-control-allow-headers'])).toContain(name);
      }
    },
  );

  it.each(paths)('of any other origin is 403 at %s (D34)', async (path) => {
    for (const origin of tricks) {
      const answer = await preflight(app.url + path, origin);
      expect([origin, answer.status, problemIn(answer).code]).toEqual([origin, 403, 'origin_refused']);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('names the method that the page wants to use; any other OPTIONS tells what the path takes', async () => {
    const { status, headers } = await sendRaw(`${app.url}/v1/sites`, {
      method: 'OPTIONS',
      headers: { origin: `${allowed}.evil.test` },
    });
    expect([status, headers['allow']]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    expect(headers['access-control-allow-methods']).toBeUndefined();
  });

  it('is nothing to the admin app, which no page calls', async () => {
    const { status, headers } = await preflight(`${app.admin.url}/v1/sessions`, allowed);
    expect([status, headers['access-control-allow-origin']]).toEqual([204, undefined]);
  });
});

describe('an answer to a page', () => {
  it.each(['/v1/me', '/trpc/me.get', '/v1/nowhere', '/v1/sites/x', '/v1/sites?limit=x', '/%zz', '/trpc/%zz'])(
    'of an allowed origin can be read: %s',
    async (path) => {
      const headers = { origin: allowed, authorization: `Bearer ${owner.token}` };
      const answer = await sendRaw(app.url + path, { method: 'GET', headers });
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': allowed,
        'access-control-expose-headers':
          'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed',
      });
      expect(String(answer.headers['vary'])).toContain('Origin');
      const other = await sendRaw(app.url + path, {
        method: 'GET',
        headers: { ...headers, origin: `${allowed}.evil.test` },
      });
      expect(other.headers['access-control-allow-origin']).toBeUndefined();
      expect([other.status, String(other.headers['vary']).includes('Origin')]).toEqual([answer.status, true]);
    },
  );
});

describe('a change by cookie', () => {
  const places = ['/v1/sites', '/trpc/site.create', '/trpc/site.create?batch=1'];

  it.each(places)('is refused at %s from every origin but ours and the allowed (D34)', async (path) => {
    for (const origin of [...tricks, undefined]) {
      const answer = await createByCookie(path, origin);
      expect([origin, answer.status, problemIn(answer).code]).toEqual([origin, 403, 'origin_refused']);
    }
    expect(await app.database.query('select 1 from site where account_id = $1', [owner.accountId])).toEqual(
      [],
    );
  });

  it.each(places)('passes at %s from an allowed origin and from ours', async (path) => {
    for (const origin of [allowed, 'http://127.0.0.1']) {
      const answer = await createByCookie(path, origin);
      expect(answer.status, answer.text).toBeLessThan(300);
      const { body } = await app.rest('GET', '/v1/sites', { bearer: owner.token });
      await app.rest('DELETE', `/v1/sites/${body.items[0].id}`, { bearer: owner.token });
    }
  });

  it('that is refused leaves a line in the log with the origin and the setting', async () => {
    await createByCookie('/v1/sites', 'https://shut-out.test');
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        level: 40,
        origin: 'https://shut-out.test',
        setting: 'ALLOWED_ORIGINS',
        path: 'site.create',
      }),
    );
  });
});
