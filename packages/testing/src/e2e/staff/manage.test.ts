import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { verdictOf } from '../../procedures.ts';
import { addStaff, signInStaff, signInStaffCookie, staffPassword } from '../../users.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await openTestApp();
  admin = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

const call = (method: string, path: string, body?: unknown, bearer = admin) =>
  app.admin.rest(method, `/v1${path}`, { body, bearer });
const reason = 'A reason.';

/** A member of staff, signed in. */
async function member(role: 'support' | 'finance' | 'platform_admin') {
  const email = await addStaff(app, role);
  const session = await app.admin.rest('POST', '/v1/sessions', { body: { email, password: staffPassword } });
  const { token, staff }: { token: string; staff: { id: string } } = session.body;
  return { email, token, id: staff.id };
}
const events = (subject: string) =>
  app.database.query(
    `select action, actor, facts from security_event where facts->>'subject' = $1 order by id`,
    [subject],
  );
const own = (bearer: string) => app.admin.rest('GET', '/v1/sessions/current', { bearer });

describe('staff in the console', () => {
  it('are added with a password that is shown once, by whom and why stays on record', async () => {
    const body = { email: ' New@Staff.test', role: 'finance', reason };
    const headers = { 'idempotency-key': 'add' };
    const made = await app.admin.rest('POST', '/v1/staff', { body, bearer: admin, headers });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email: 'new@staff.test', role: 'finance', disabledAt: null });
    const { id, password } = made.body;
    const again = await app.admin.rest('POST', '/v1/staff', { body, bearer: admin, headers });
    expect(again.body).toMatchObject({ id, password: null });
    expect(verdictOf(await call('POST', '/staff', body))).toBe('409 email_taken');
    const session = await app.admin.rest('POST', '/v1/sessions', {
      body: { email: 'new@staff.test', password },
    });
    expect(session.body.staff).toEqual({ id, role: 'finance' });
    const [event, ...others] = await events(id);
    expect([event, others]).toMatchObject([
      { action: 'staff.create', facts: { role: 'finance', reason, subject: id } },
      [],
    ]);
    expect(String(event?.['actor'])).toMatch(/^staff:/);
  });

  it('are changed for a reason or not at all', async () => {
    const { id } = await member('support');
    for (const [method, path, more] of [
      ['PATCH', `/staff/${id}`, { role: 'finance' }],
      ['POST', `/staff/${id}/disable`, {}],
      ['POST', `/staff/${id}/reset`, {}],
      ['POST', `/staff/${id}/end-sessions`, {}],
    ] as const)
      for (const given of [{}, { reason: ' ' }])
        expect(verdictOf(await call(method, path, { ...more, ...given })), path).toBe('400 invalid_input');
    expect(await events(id)).toEqual([]);
  });

  it('have another role from their next call on', async () => {
    const { id, token } = await member('support');
    expect((await own(token)).body.powers).not.toContain('money:confirm');
    expect(verdictOf(await call('PATCH', `/staff/${id}`, { role: 'support', reason }))).toBe('409 conflict');
    expect((await call('PATCH', `/staff/${id}`, { role: 'finance', reason })).body.role).toBe('finance');
    expect((await own(token)).body.powers).toContain('money:confirm');
  });

  it('who are disabled lose every session at once, also one in a cookie, and cannot sign in', async () => {
    const { email, headers } = await signInStaffCookie(app, 'support');
    const { id } = (await app.admin.rest('GET', '/v1/sessions/current', { headers })).body.staff;
    expect((await call('POST', `/staff/${id}/disable`, { reason })).body.disabledAt).not.toBeNull();
    const ended = await app.admin.rest('GET', '/v1/sessions/current', { headers });
    expect([verdictOf(ended), ended.headers.get('set-cookie')?.split(';')[0]]).toEqual([
      '401 unauthenticated',
      'tenantry-admin=',
    ]);
    const signIn = (password: string) =>
      app.admin.rest('POST', '/v1/sessions', { body: { email, password } });
    expect(verdictOf(await signIn(staffPassword))).toBe('401 unauthenticated');
    expect(verdictOf(await call('POST', `/staff/${id}/reset`, { reason }))).toBe('409 conflict');
    const reset = await call('POST', `/staff/${id}/reset`, { reason, enable: true });
    expect(verdictOf(await signIn(reset.body.password))).toBe('ok');
  });

  it('are refused every session once they are disabled, even one that nobody ended', async () => {
    const { id, token } = await member('support');
    await app.database.query('update staff set disabled_at = now() where id = $1', [id]);
    expect(verdictOf(await own(token))).toBe('401 unauthenticated');
  });

  it('do not change, disable or reset themselves', async () => {
    const { id } = (await own(admin)).body.staff;
    await member('platform_admin');
    expect(verdictOf(await call('PATCH', `/staff/${id}`, { role: 'finance', reason }))).toBe(
      '403 role_forbids',
    );
    expect(verdictOf(await call('POST', `/staff/${id}/disable`, { reason }))).toBe('403 role_forbids');
    expect(verdictOf(await call('POST', `/staff/${id}/reset`, { reason }))).toBe('403 role_forbids');
  });

  it('are never both disabled by two platform admins who are the last (race)', async () => {
    const [one, two] = [await member('platform_admin'), await member('platform_admin')];
    await app.database.query(
      "update staff set role = 'support' where role = 'platform_admin' and id <> all ($1::uuid[])",
      [[one.id, two.id]],
    );
    const disable = (by: string, id: string) => call('POST', `/staff/${id}/disable`, { reason }, by);
    for (let round = 0; round < 3; round += 1) {
      const done = await Promise.all([disable(one.token, two.id), disable(two.token, one.id)]);
      expect(done.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
      const [left] = await app.database.query(
        "select count(*)::int as admins from staff where role = 'platform_admin' and disabled_at is null",
      );
      expect(left?.['admins']).toBeGreaterThanOrEqual(1);
    }
    await app.database.query(
      "update staff set role = 'platform_admin' where id in (select staff_id from staff_session where revoked_at is null)",
    );
  });
});

describe('sessions of staff', () => {
  it('are listed and ended by their owner, and by nobody else', async () => {
    const email = await addStaff(app, 'support');
    const signIn = async () =>
      (await app.admin.rest('POST', '/v1/sessions', { body: { email, password: staffPassword } })).body.token;
    const [first, second]: string[] = [await signIn(), await signIn()];
    const { items } = (await call('GET', '/sessions', undefined, second)).body;
    expect(items.map((one: { isCurrent: boolean }) => one.isCurrent)).toEqual([true, false]);
    const other = await member('support');
    const end = (id: string, bearer?: string) => call('DELETE', `/sessions/${id}`, undefined, bearer);
    expect(verdictOf(await end(items[1].id, other.token))).toBe('404 not_found');
    expect((await end(items[1].id, second)).status).toBe(204);
    expect(verdictOf(await own(first ?? ''))).toBe('401 unauthenticated');
    expect(verdictOf(await own(second ?? ''))).toBe('ok');
  });

  it('end all at once for a platform admin', async () => {
    const { id, token } = await member('finance');
    const { items } = (await call('GET', `/staff/${id}/sessions`)).body;
    expect(items).toHaveLength(1);
    expect((await call('POST', `/staff/${id}/end-sessions`, { reason })).body).toEqual({ id, ended: 1 });
    expect(verdictOf(await own(token))).toBe('401 unauthenticated');
  });

  it('end after an hour without a call, and last while they are used', async () => {
    const used = await member('support');
    const idle = await member('support');
    app.passSeconds(3540);
    expect(verdictOf(await own(used.token))).toBe('ok');
    app.passSeconds(120);
    expect([verdictOf(await own(used.token)), verdictOf(await own(idle.token))]).toEqual([
      'ok',
      '401 unauthenticated',
    ]);
    app.passSeconds(-3660);
  });

  it('end, but for the one that changes it, with a new password', async () => {
    const email = await addStaff(app, 'support');
    const signIn = (password: string) =>
      app.admin.rest('POST', '/v1/sessions', { body: { email, password } });
    const [first, second] = [await signIn(staffPassword), await signIn(staffPassword)];
    const change = (currentPassword: string, newPassword: string) =>
      call('POST', '/me/password', { currentPassword, newPassword }, second.body.token);
    expect(verdictOf(await change('wrong', 'another long password'))).toBe('401 unauthenticated');
    expect(verdictOf(await change(staffPassword, 'password1234'))).toBe('400 invalid_input');
    expect(verdictOf(await change(staffPassword, 'another long password'))).toBe('ok');
    expect(verdictOf(await own(first.body.token))).toBe('401 unauthenticated');
    expect(verdictOf(await own(second.body.token))).toBe('ok');
    expect(verdictOf(await signIn(staffPassword))).toBe('401 unauthenticated');
  });
});
