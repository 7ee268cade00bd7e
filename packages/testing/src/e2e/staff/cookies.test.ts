import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { callProcedure, procedures, transports, verdictOf } from '../../procedures.ts';
import { registerOwner, signInCookie, signInStaff, signInStaffCookie } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const never = '0198f000-0000-7000-8000-00000000ffff';
const cleared =
  /^tenantry-admin=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict$/;
const isCleared = ({ headers }: Answer) => cleared.test(headers.get('set-cookie') ?? '');
const current = (headers: Record<string, string>) =>
  app.admin.rest('GET', '/v1/sessions/current', { headers });
const suspend = (headers: Record<string, string>, accountId: string) =>
  app.admin.rest('POST', `/v1/accounts/${accountId}/suspend`, { headers, body: { reason: 'Abuse' } });

describe('a session of staff in a cookie', () => {
  it('is set without a token in the body, for this site alone, and is read over both transports', async () => {
    const { answer, headers } = await signInStaffCookie(app, 'finance');
    expect(answer.body).not.toHaveProperty('token');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^tenantry-admin=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    for (const transport of transports) {
      const own = await callProcedure(app.admin, transport, {
        app: 'admin',
        name: 'session.get',
        input: {},
        headers,
      });
      expect(verdictOf(own)).toBe('ok');
    }
  });

  it('says who is signed in, what they may do, and how the app is set up', async () => {
    const { headers, email } = await signInStaffCookie(app, 'finance');
    expect((await current(headers)).body).toMatchObject({
      staff: { email, role: 'finance' },
      powers: [
        'account:read',
        'revenue:read',
        'money:confirm',
        'credit:adjust',
        'subscription:manage',
        'message:resend',
      ],
      mode: 'demo',
      secondApproverAmounts: {},
      statementAutoConfirm: 'off',
    });
  });

  it('changes what it may from the own origin, by each name of this machine', async () => {
    const { headers } = await signInStaffCookie(app, 'platform_admin');
    for (const origin of ['http://127.0.0.1', 'http://localhost', 'http://[::1]']) {
      const owner = await registerOwner(app);
      expect(verdictOf(await suspend({ ...headers, origin }, owner.accountId)), origin).toBe('ok');
    }
    const { origin: _origin, ...withoutOrigin } = headers;
    const owner = await registerOwner(app);
    const same = await suspend({ ...withoutOrigin, 'sec-fetch-site': 'same-origin' }, owner.accountId);
    expect(verdictOf(same)).toBe('ok');
  });

  it('changes nothing from another origin, for any procedure, over either transport', async () => {
    const { headers } = await signInStaffCookie(app, 'platform_admin');
    const owner = await registerOwner(app);
    const foreign: Record<string, string>[] = [
      { origin: 'http://127.0.0.1.evil.example' },
      { origin: 'http://127.0.0.1:1' },
      { origin: 'https://127.0.0.1' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ];
    const { cookie = '' } = headers;
    for (const more of foreign)
      expect(verdictOf(await suspend({ cookie, ...more }, owner.accountId)), JSON.stringify(more)).toBe(
        '403 origin_refused',
      );
    for (const { name, type, pathKeys, route } of procedures.admin.values()) {
      if (type !== 'mutation' || route.public) continue;
      const input = Object.fromEntries(pathKeys.map((key) => [key, never]));
      for (const transport of transports) {
        const call = {
          app: 'admin',
          name,
          input,
          headers: { cookie, origin: 'http://evil.example' },
        } as const;
        expect(verdictOf(await callProcedure(app.admin, transport, call)), name).toBe('403 origin_refused');
      }
    }
    const [account] = await app.database.query('select status from account where id = $1', [owner.accountId]);
    expect(account?.['status']).toBe('active');
    expect(app.logs.some(({ setting }) => setting === 'ADMIN_PUBLIC_URL')).toBe(true);
  });

  it('is not read beside a bearer: neither a dead cookie nor a foreign page matters then', async () => {
    const token = await signInStaff(app, 'platform_admin');
    const owner = await registerOwner(app);
    const headers = {
      cookie: 'tenantry-admin=x',
      authorization: `Bearer ${token}`,
      origin: 'http://evil.example',
    };
    const answer = await suspend(headers, owner.accountId);
    expect([verdictOf(answer), answer.headers.get('set-cookie')]).toEqual(['ok', null]);
    const { headers: good } = await signInStaffCookie(app, 'support');
    const bad = await current({ ...good, authorization: 'Bearer x' });
    expect([verdictOf(bad), bad.headers.get('set-cookie')]).toEqual(['401 unauthenticated', null]);
  });

  it('is cleared by the refusal that it causes', async () => {
    const { headers } = await signInStaffCookie(app, 'support');
    const { cookie = '' } = headers;
    for (const given of [
      'tenantry-admin=unknown',
      `tenantry-admin=${'x'.repeat(43)}`,
      `${cookie}; ${cookie}`,
    ]) {
      const answer = await current({ cookie: given });
      expect([verdictOf(answer), isCleared(answer)], given).toEqual(['401 unauthenticated', true]);
    }
    expect(verdictOf(await current(headers))).toBe('ok');
  });

  it('is ended and cleared by signing out', async () => {
    const { headers } = await signInStaffCookie(app, 'support');
    const answer = await app.admin.rest('DELETE', '/v1/sessions/current', { headers });
    expect([answer.status, isCleared(answer)]).toEqual([204, true]);
    expect(verdictOf(await current(headers))).toBe('401 unauthenticated');
  });

  it('is no credential of a tenant, nor is theirs one of staff', async () => {
    const owner = await registerOwner(app);
    const tenant = await signInCookie(app, owner);
    const [, tenantValue = ''] = (tenant['cookie'] ?? '').split('=');
    const { headers } = await signInStaffCookie(app, 'platform_admin');
    const [, staffValue = ''] = (headers['cookie'] ?? '').split('=');
    for (const cookie of [tenant['cookie'] ?? '', `tenantry-admin=${tenantValue}`])
      expect(verdictOf(await current({ ...tenant, cookie }))).toBe('401 unauthenticated');
    for (const given of [
      headers,
      { ...headers, cookie: `tenantry=${staffValue}` },
      { authorization: `Bearer ${staffValue}` },
    ])
      expect(verdictOf(await app.rest('GET', '/v1/me', { headers: given }))).toBe('401 unauthenticated');
  });
});

describe('the cookie of an admin app that is served over https', () => {
  it('is bound to its host', async () => {
    const secure = await openTestApp({ publicUrl: 'https://admin.test' });
    const { answer, headers } = await signInStaffCookie(secure, 'support');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-tenantry-admin=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    const out = (origin: string) =>
      secure.admin.rest('DELETE', '/v1/sessions/current', { headers: { ...headers, origin } });
    expect(verdictOf(await out('http://admin.test'))).toBe('403 origin_refused');
    expect((await out('https://admin.test')).status).toBe(204);
    await secure.close();
  });
});
