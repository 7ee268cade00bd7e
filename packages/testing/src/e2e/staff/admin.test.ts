import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';
import { callProcedure, procedures, transports, verdictOf } from '../../procedures.ts';

let app: TestApp;
const staff: Record<'support' | 'finance' | 'platform_admin', string> = {
  support: '',
  finance: '',
  platform_admin: '',
};
beforeAll(async () => {
  app = await openTestApp();
  for (const role of ['support', 'finance', 'platform_admin'] as const)
    staff[role] = await signInStaff(app, role);
});
afterAll(() => app.close());

const never = '0198f000-0000-7000-8000-00000000ffff';
const as = (bearer: string, method: string, path: string, body?: unknown) =>
  app.admin.rest(method, `/v1${path}`, { bearer, body });

describe('the admin app', () => {
  it('accepts no credential of a tenant, for any procedure, over either transport (H8)', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['account:read', 'billing:read']);
    const cookie = await signInCookie(app, owner);
    const given = [
      { authorization: `Bearer ${owner.token}` },
      { authorization: `Bearer ${key}` },
      cookie,
      {},
    ];
    for (const procedure of procedures.admin.values())
      for (const headers of given)
        for (const transport of transports) {
          if (procedure.route.public) continue;
          const input = Object.fromEntries(procedure.pathKeys.map((name) => [name, never]));
          const call = { app: 'admin', name: procedure.name, input, headers } as const;
          expect(verdictOf(await callProcedure(app.admin, transport, call)), procedure.name).toBe(
            '401 unauthenticated',
          );
        }
  });

  it('gives each role its permissions and no others', async () => {
    const { owner, paymentId } = await submitTransfer(app);
    const suspend = (bearer: string) =>
      as(bearer, 'POST', `/accounts/${owner.accountId}/suspend`, { reason: 'x' });
    const confirm = (bearer: string) =>
      as(bearer, 'POST', '/billing/confirm-bank-transfer', {
        accountId: owner.accountId,
        paymentId: never,
        externalPaymentId: 'x',
        amount: 1,
        currency: 'USD',
        payerName: 'x',
      });
    const reject = (bearer: string) => as(bearer, 'POST', `/payments/${paymentId}/reject`, { reason: 'x' });
    const look = (bearer: string) => as(bearer, 'GET', `/accounts/${owner.accountId}`);
    const verdicts = async (bearer: string) => [
      verdictOf(await look(bearer)),
      verdictOf(await confirm(bearer)),
      verdictOf(await reject(bearer)),
      verdictOf(await suspend(bearer)),
    ];
    const no = '403 role_forbids';
    expect(await verdicts(staff.support)).toEqual(['ok', no, no, no]);
    expect(await verdicts(staff.finance)).toEqual(['ok', '404 not_found', 'ok', no]);
    expect(await verdicts(staff.platform_admin)).toEqual(['ok', no, no, 'ok']);
  });

  it('lists accounts newest first, finds them by name, and shows one with its credits and invoices', async () => {
    const owner = await registerOwner(app, { accountName: 'Needle & Sons 100%' });
    await registerOwner(app);
    const found = await as(staff.support, 'GET', '/accounts?q=needle%20%26%20sons%20100%25');
    expect(found.body.items).toHaveLength(1);
    expect(found.body.items[0]).toMatchObject({ id: owner.accountId, planSlug: 'trial', status: 'active' });
    expect((await as(staff.support, 'GET', '/accounts?q=%25')).body.items).toEqual([]);
    const detail = await as(staff.support, 'GET', `/accounts/${owner.accountId}`);
    expect(detail.body).toMatchObject({
      name: 'Needle & Sons 100%',
      subscription: { status: 'trialing' },
      credits: { available: 1000 },
      openInvoices: [],
    });
    const page = await as(staff.support, 'GET', '/accounts?limit=1');
    const next = await as(staff.support, 'GET', `/accounts?limit=1&cursor=${page.body.nextCursor}`);
    expect(next.body.items[0].id).not.toBe(page.body.items[0].id);
  });

  it('suspends and reactivates an account, and records the reason', async () => {
    const owner = await registerOwner(app);
    const path = `/accounts/${owner.accountId}`;
    const change = (verb: string, reason: unknown) =>
      as(staff.platform_admin, 'POST', `${path}/${verb}`, { reason });
    expect(verdictOf(await change('suspend', '   '))).toBe('400 invalid_input');
    expect(verdictOf(await as(staff.platform_admin, 'POST', `${path}/suspend`, {}))).toBe(
      '400 invalid_input',
    );
    expect((await change('suspend', 'abuse')).body).toMatchObject({
      status: 'suspended',
      statusReason: 'abuse',
    });
    expect((await change('reactivate', 'resolved')).body).toMatchObject({
      status: 'active',
      statusReason: null,
    });
    const audits = await app.database.query(
      `select action, actor, facts from audit_entry where account_id = $1 and action like 'account.%' order by id`,
      [owner.accountId],
    );
    expect(audits).toMatchObject([
      { action: 'account.suspend', facts: { reason: 'abuse' } },
      { action: 'account.reactivate', facts: { reason: 'resolved' } },
    ]);
    expect(String(audits[0]?.['actor'])).toMatch(/^staff:/);
    expect(
      verdictOf(await as(staff.platform_admin, 'POST', `/accounts/${never}/suspend`, { reason: 'x' })),
    ).toBe('404 not_found');
  });

  it('ends a session of staff on sign-out and after twelve hours', async () => {
    const token = await signInStaff(app, 'support');
    expect((await as(token, 'DELETE', '/sessions/current')).status).toBe(204);
    expect(verdictOf(await as(token, 'GET', '/accounts'))).toBe('401 unauthenticated');
    const other = await signInStaff(app, 'support');
    app.passSeconds(12 * 3600 + 1);
    expect(verdictOf(await as(other, 'GET', '/accounts'))).toBe('401 unauthenticated');
    app.passSeconds(-12 * 3600 - 1);
  });
});
