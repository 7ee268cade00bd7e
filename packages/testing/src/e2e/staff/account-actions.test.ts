import type { StaffRole } from '@tenantry/domain/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';
import { enqueue, lowBalances } from '../../webhook/endpoints.ts';

let app: TestApp;
const tokens: Partial<Record<StaffRole | 'second', string>> = {};
beforeAll(async () => {
  app = await openTestApp({ secondApproverCredits: 1000 });
  for (const role of ['support', 'finance', 'platform_admin'] as const)
    tokens[role] = await signInStaff(app, role);
  tokens.second = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

type Who = keyof typeof tokens;
const reason = 'Asked for by phone.';

/** Calls a procedure of the admin app as a member of staff. */
const call = (
  transport: (typeof transports)[number],
  who: Who,
  name: string,
  input: Record<string, unknown>,
) =>
  callProcedure(app.admin, transport, {
    app: 'admin',
    name,
    input,
    headers: { authorization: `Bearer ${tokens[who]}` },
  });
const rest = (who: Who, name: string, input: Record<string, unknown>) => call('rest', who, name, input);
const verdicts = async (name: string, input: Record<string, unknown>, roles: readonly Who[]) => {
  const found: string[] = [];
  for (const role of roles) found.push(verdictOf(await rest(role, name, input)));
  return found;
};
const audited = async (owner: Owner, action: string) => {
  const sql = `select actor, facts from audit_entry where account_id = $1 and action = $2 order by id`;
  return app.database.query(sql, [owner.accountId, action]);
};
const no = '403 role_forbids';

describe.each(transports)('the account of a customer, over %s', (transport) => {
  it('is shown with its standing, money, periods, credits and limits, and each of its lists', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    await makeKey(app, owner, ['site:read']);
    const shown = await call(transport, 'support', 'account.get', { accountId });
    expect(shown.body).toMatchObject({
      sandbox: false,
      decision: null,
      graceEndsAt: null,
      creditsOwed: 0,
      moneyBalances: [],
      openHolds: 0,
      overLimits: [],
      periods: [{ planSlug: 'trial', state: 'running', paymentId: null }],
    });
    const users = shown.body.limits.find(({ name }: { name: string }) => name === 'users');
    expect(users).toMatchObject({ used: 1 });
    const list = async (name: string, more = {}) =>
      (await call(transport, 'support', name, { accountId, ...more })).body.items;
    expect(await list('member.list')).toMatchObject([{ email: owner.email, role: 'owner' }]);
    expect(await list('member.listSessions')).toMatchObject([{ userId: owner.userId, inCookie: false }]);
    expect(await list('apiKey.list')).toMatchObject([{ createdBy: owner.userId, revokedAt: null }]);
    expect(await list('credit.listGrants')).toMatchObject([{ kind: 'plan', available: 1000 }]);
    expect(await list('credit.listEntries', { kind: 'grant' })).toHaveLength(1);
    expect(await list('credit.listEntries', { kind: 'settle' })).toEqual([]);
    expect(await list('credit.listEntries', { to: '2020-01-01T00:00:00Z' })).toEqual([]);
    for (const name of [
      'member.listInvitations',
      'site.list',
      'credit.listHolds',
      'credit.listLimits',
      'usage.list',
      'invoice.list',
      'payment.listOfAccount',
      'webhookEndpoint.list',
      'email.list',
      'creditProposal.list',
    ])
      expect(await list(name), name).toEqual([]);
  });

  it('loses a key and the sessions of a member at once, with the reason on record', async () => {
    const owner = await registerOwner(app);
    const { accountId, userId } = owner;
    const key = await makeKey(app, owner, ['site:read']);
    const [{ id: keyId }] = (await call(transport, 'support', 'apiKey.list', { accountId })).body.items;
    const revoke = { accountId, keyId, reason };
    expect(await verdicts('apiKey.revoke', revoke, ['finance'])).toEqual([no]);
    const stranger = await registerOwner(app);
    expect(
      verdictOf(
        await call(transport, 'support', 'apiKey.revoke', { ...revoke, accountId: stranger.accountId }),
      ),
    ).toBe('404 not_found');
    expect(verdictOf(await call(transport, 'support', 'apiKey.revoke', revoke))).toBe('ok');
    await expect.poll(async () => (await app.rest('GET', '/v1/sites', { bearer: key })).status).toBe(401);
    const changes = await call(transport, 'support', 'account.listChanges', { accountId });
    expect(changes.body.items[0]).toMatchObject({
      action: 'apiKey.revoke',
      subject: keyId,
      facts: { reason },
    });

    const end = { accountId, userId, reason };
    expect(
      verdictOf(
        await call(transport, 'support', 'member.revokeSessions', { ...end, userId: stranger.userId }),
      ),
    ).toBe('404 not_found');
    expect(await verdicts('member.revokeSessions', end, ['finance'])).toEqual([no]);
    const ended = await call(transport, 'support', 'member.revokeSessions', end);
    expect(ended.body).toEqual({ userId, ended: 1 });
    await expect
      .poll(async () => (await app.rest('GET', '/v1/me', { bearer: owner.token })).status)
      .toBe(401);
    expect((await app.rest('GET', '/v1/me', { bearer: stranger.token })).status).toBe(200);
    expect(await audited(owner, 'member.revokeSessions')).toMatchObject([{ facts: { reason } }]);
  });

  it('gets another plan when its owner pays what staff asked for, and the quote is the invoice', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    const wish = { accountId, planSlug: 'growth', paymentMethod: 'bank_transfer' };
    expect(await verdicts('subscription.preview', wish, ['support'])).toEqual([no]);
    const quote = await call(transport, 'finance', 'subscription.preview', wish);
    expect(quote.body).toMatchObject({ total: { amount: 8900, currency: 'USD' }, credits: 20_000 });
    const change = { ...wish, reason };
    expect(
      verdictOf(await call(transport, 'finance', 'subscription.change', { ...change, planSlug: 'internal' })),
    ).toBe('404 not_found');
    expect(
      verdictOf(
        await call(transport, 'finance', 'subscription.change', { ...change, paymentMethod: 'stripe' }),
      ),
    ).toBe('409 provider_disabled');
    expect(verdictOf(await call(transport, 'finance', 'subscription.change', wish))).toBe(
      '400 invalid_input',
    );
    const changed = await call(transport, 'finance', 'subscription.change', change);
    expect(changed.body).toMatchObject({
      subscription: { status: 'trialing' },
      invoice: { total: quote.body.total, status: 'open' },
    });
    expect(await audited(owner, 'subscription.change')).toMatchObject([
      { facts: { planSlug: 'growth', reason } },
    ]);
    const paid = await rest('finance', 'billing.confirmBankTransfer', {
      accountId,
      externalPaymentId: `FT ${accountId}`,
      amount: 8900,
      currency: 'USD',
      payerName: 'A. Payer',
    });
    expect(paid.body).toMatchObject({ subscription: { status: 'active', plan: { slug: 'growth' } } });
    const shown = await call(transport, 'support', 'account.get', { accountId });
    expect(shown.body.periods).toMatchObject([{ planSlug: 'growth', state: 'running' }]);
    expect(shown.body.graceEndsAt).not.toBeNull();
  });

  it('gets more days of its trial as the preview says, and pays in the way that is offered', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    const preview = await call(transport, 'finance', 'subscription.previewExtension', {
      accountId,
      days: 10,
    });
    expect(await verdicts('subscription.extend', { accountId, days: 10, reason }, ['support'])).toEqual([no]);
    for (const days of [0, 91, 1.5])
      expect(
        verdictOf(await call(transport, 'finance', 'subscription.extend', { accountId, days, reason })),
      ).toBe('400 invalid_input');
    const extended = await call(transport, 'finance', 'subscription.extend', { accountId, days: 10, reason });
    expect(extended.body).toEqual(preview.body);
    const own = await app.rest('GET', '/v1/subscription', { bearer: owner.token });
    expect(own.body.standing).toEqual({ state: 'good', code: null, until: extended.body.until });
    expect(await audited(owner, 'subscription.extend')).toMatchObject([{ facts: { days: '10', reason } }]);

    const pays = { accountId, paymentMethod: 'bank_transfer', reason };
    expect(
      verdictOf(
        await call(transport, 'finance', 'subscription.setPaymentMethod', {
          ...pays,
          paymentMethod: 'paypal',
        }),
      ),
    ).toBe('409 provider_disabled');
    const set = await call(transport, 'finance', 'subscription.setPaymentMethod', pays);
    expect(set.body.paymentMethod).toBe('bank_transfer');
  });

  it('gets credits above the bound from two members of staff alone, and by one call once', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    const given = { accountId, amount: 5000, reason };
    const alone = await call(transport, 'finance', 'credit.adjust', given);
    expect(verdictOf(alone)).toBe('409 conflict');
    expect(alone.body).toMatchObject({ reason: 'second_approver_missing', required: 5000, limit: 1000 });
    expect(await verdicts('creditProposal.create', given, ['support'])).toEqual([no]);
    const { id: proposalId } = (await call(transport, 'finance', 'creditProposal.create', given)).body;
    const decide = { accountId, proposalId, reason: 'Checked.' };
    expect(verdictOf(await call(transport, 'finance', 'creditProposal.approve', decide))).toBe(
      '409 conflict',
    );
    const stranger = await registerOwner(app);
    expect(
      verdictOf(
        await call(transport, 'second', 'creditProposal.approve', {
          ...decide,
          accountId: stranger.accountId,
        }),
      ),
    ).toBe('404 not_found');
    const answers = await Promise.all([
      call(transport, 'second', 'creditProposal.approve', decide),
      call(transport, 'second', 'creditProposal.approve', decide),
      call(transport, 'second', 'creditProposal.reject', decide),
    ]);
    expect(answers.map(verdictOf).filter((verdict) => verdict === 'ok')).toHaveLength(1);
    const waiting = await call(transport, 'support', 'creditProposal.list', { accountId, status: 'waiting' });
    expect(waiting.body.items).toEqual([]);
    const { credits } = (await call(transport, 'support', 'account.get', { accountId })).body;
    const isApproved = answers.slice(0, 2).some((answer) => verdictOf(answer) === 'ok');
    expect(credits.available).toBe(isApproved ? 6000 : 1000);
  });

  it('is closed for good by a platform admin, with its keys', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    const key = await makeKey(app, owner, ['account:read']);
    const close = { accountId, reason };
    expect(await verdicts('account.close', close, ['support', 'finance'])).toEqual([no, no]);
    const closed = await call(transport, 'platform_admin', 'account.close', close);
    expect(closed.body).toMatchObject({ status: 'closed', statusReason: reason });
    expect(verdictOf(await call(transport, 'platform_admin', 'account.close', close))).toBe('409 conflict');
    expect(verdictOf(await call(transport, 'platform_admin', 'account.reactivate', close))).toBe(
      '409 conflict',
    );
    await expect.poll(async () => (await app.rest('GET', '/v1/account', { bearer: key })).status).toBe(401);
    await expect
      .poll(async () => (await app.rest('GET', '/v1/sites', { bearer: owner.token })).body.code)
      .toBe('account_closed');
    const shown = await call(transport, 'support', 'account.get', { accountId });
    expect(shown.body.decision).toMatchObject({ reason });
  });

  it('has its messages sent again, each with a reason', async () => {
    const owner = await registerOwner(app);
    const { accountId } = owner;
    await enqueue(app, accountId, 'credit.low_balance', lowBalances(99));
    await app.database.query(
      `insert into email_delivery (account_id, id, message_id, user_id, status, attempts, since, finished_at)
       select account_id, uuidv7(), id, $2::uuid, 'failed', 3, now(), now() from outbox_message where account_id = $1 and topic = 'credit.low_balance'`,
      [accountId, owner.userId],
    );
    const [email] = (await call(transport, 'support', 'email.list', { accountId })).body.items;
    expect(email).toMatchObject({ type: 'credit.low_balance', email: owner.email, status: 'failed' });
    const stranger = await registerOwner(app);
    const again = { accountId, emailId: email.id, reason };
    expect(
      verdictOf(
        await call(transport, 'support', 'email.resend', { ...again, accountId: stranger.accountId }),
      ),
    ).toBe('404 not_found');
    const sent = await call(transport, 'support', 'email.resend', again);
    expect(sent.body).toMatchObject({ id: email.id, status: 'pending', attempts: 0 });
    expect(await audited(owner, 'email.resend')).toMatchObject([{ facts: { reason } }]);
  });
});

describe('the ledger of an account', () => {
  it('is found by kind, operation, site, key and time', async () => {
    const { owner, confirmation } = await submitTransfer(app);
    expect(verdictOf(await rest('finance', 'billing.confirmBankTransfer', confirmation))).toBe('ok');
    const { accountId } = owner;
    const key = await makeKey(app, owner, ['credit:spend', 'credit:read']);
    const hold = await app.rest('POST', '/v1/credits/holds', {
      bearer: key,
      body: { operation: 'write_content', units: 100 },
    });
    const [{ id: keyId }] = (await rest('support', 'apiKey.list', { accountId })).body.items;
    const count = async (filter: Record<string, unknown>) =>
      (await rest('support', 'credit.listEntries', { accountId, ...filter })).body.items.length;
    expect(hold.status).toBe(201);
    expect(await count({ keyId })).toBe(1);
    expect(await count({ keyId: accountId })).toBe(0);
    expect(await count({ operation: 'write_content', kind: 'hold' })).toBe(1);
    expect(await count({ operation: 'generate_image' })).toBe(0);
    const open = await rest('support', 'credit.listHolds', { accountId, open: true });
    expect(open.body.items).toMatchObject([{ id: hold.body.id, status: 'open' }]);
    expect((await rest('support', 'account.get', { accountId })).body.openHolds).toBe(1);
  });
});
