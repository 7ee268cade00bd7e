import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SubmittedTransfer, submitTransfer } from '../../bank-transfers.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { contentOf, failWrites } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { makeKey, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const transferSent = (): Promise<SubmittedTransfer> => submitTransfer(app);

const confirm = (body: Record<string, unknown>, bearer = finance): Promise<Answer> =>
  app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', { body, bearer });

async function effectsOf(accountId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await app.database.query(
    `select (select count(*) from credit_grant g where g.account_id = $1 and g.amount = 5000)::int as grants,
     (select count(*) from payment p where p.account_id = $1 and p.status = 'succeeded')::int as payments,
     (select count(*) from external_reference r where r.account_id = $1)::int as references,
     (select count(*) from audit_entry a where a.account_id = $1 and a.action = 'billing.confirmBankTransfer')::int as audits,
     (select extract(day from period_end - period_start)::int from subscription s where s.account_id = $1) as days`,
    [accountId],
  );
  return row;
}

describe('confirming a bank transfer', () => {
  it('has one effect and one answer when fifty confirm at once (J11, F15)', async () => {
    const { owner, confirmation } = await transferSent();
    const bodies = new Set<string>();
    const outcomes = await runConcurrently(50, 50, async () => {
      const answer = await confirm(confirmation);
      bodies.add(JSON.stringify(answer.body));
      return verdictOf(answer);
    });
    expect(outcomes).toEqual({ ok: 50 });
    expect([...bodies]).toHaveLength(1);
    const effects = await effectsOf(owner.accountId);
    expect(effects).toMatchObject({ grants: 1, payments: 1, references: 1, audits: 1 });
    expect(effects?.['days']).toBeGreaterThanOrEqual(28);
    expect(effects?.['days']).toBeLessThanOrEqual(31);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('takes one reference once, however it is written, on whichever account (J12)', async () => {
    const [first, second] = [await transferSent(), await transferSent()];
    expect(verdictOf(await confirm({ ...first.confirmation, externalPaymentId: 'ref-2026/77' }))).toBe('ok');
    for (const spelling of ['ref-2026/77', 'REF 2026 77', 'Ref–2026–77', 'ｒｅｆ202677'])
      expect(verdictOf(await confirm({ ...second.confirmation, externalPaymentId: spelling }))).toBe(
        '409 reference_taken',
      );
    expect(await effectsOf(second.owner.accountId)).toMatchObject({ grants: 0, payments: 0 });
  });

  it('lets one of two accounts win a race for one reference', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = [await transferSent(), await transferSent()];
      const outcomes = await runConcurrently(20, 20, async (index) =>
        verdictOf(await confirm({ ...pair[index % 2]?.confirmation, externalPaymentId: `race ${round}` })),
      );
      expect(outcomes).toEqual({ ok: 10, '409 reference_taken': 10 });
    }
  });

  it.each([
    ['another currency', { currency: 'EUR' }, '422 currency_mismatch'],
    ['an unknown payment', { paymentId: '0198f000-0000-7000-8000-00000000ffff' }, '404 not_found'],
    ['an unknown account', { accountId: '0198f000-0000-7000-8000-00000000ffff' }, '404 not_found'],
    ['an amount that is a text', { amount: '2900' }, '400 invalid_input'],
    ['a reference without a letter', { externalPaymentId: '---' }, '400 invalid_input'],
  ])('refuses %s and does nothing (J13, J16)', async (_what, change, verdict) => {
    const { owner, confirmation } = await transferSent();
    expect(verdictOf(await confirm({ ...confirmation, ...change }))).toBe(verdict);
    expect(await effectsOf(owner.accountId)).toMatchObject({
      grants: 0,
      payments: 0,
      references: 0,
      audits: 0,
    });
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
  });

  it('refuses the payment of another account, and the same reference with another amount', async () => {
    const [first, second] = [await transferSent(), await transferSent()];
    expect(verdictOf(await confirm({ ...first.confirmation, paymentId: second.paymentId }))).toBe(
      '404 not_found',
    );
    expect(verdictOf(await confirm(first.confirmation))).toBe('ok');
    expect(verdictOf(await confirm({ ...first.confirmation, amount: 2901 }))).toBe('422 amount_mismatch');
    expect(verdictOf(await confirm({ ...first.confirmation, currency: 'EUR' }))).toBe(
      '422 currency_mismatch',
    );
  });

  it('is for finance alone: no owner, no key, no other staff, and no member of the account (J14)', async () => {
    const { owner, confirmation } = await transferSent();
    const key = await makeKey(app, owner, ['billing:read']);
    const support = await signInStaff(app, 'support');
    const administrator = await signInStaff(app, 'platform_admin');
    const insider = await signInStaff(app, 'finance', owner.email);
    expect(verdictOf(await confirm(confirmation, owner.token))).toBe('401 unauthenticated');
    expect(verdictOf(await confirm(confirmation, key))).toBe('401 unauthenticated');
    expect(verdictOf(await app.rest('GET', '/v1/me', { bearer: finance }))).toBe('401 unauthenticated');
    for (const bearer of [support, administrator, insider])
      expect(verdictOf(await confirm(confirmation, bearer))).toBe('403 role_forbids');
    expect(await effectsOf(owner.accountId)).toMatchObject({ grants: 0, payments: 0 });
    const [events] = await app.database.query(
      "select count(*)::int as refused from security_event where action = 'billing.confirmBankTransfer'",
    );
    expect(events?.['refused']).toBeGreaterThanOrEqual(3);
  });

  it('and rejecting exclude each other (J15)', async () => {
    const [first, second] = [await transferSent(), await transferSent()];
    const reject = ({ paymentId }: SubmittedTransfer) =>
      app.admin.rest('POST', `/v1/payments/${paymentId}/reject`, {
        body: { reason: 'never arrived' },
        bearer: finance,
      });
    expect(verdictOf(await reject(first))).toBe('ok');
    expect(verdictOf(await confirm(first.confirmation))).toBe('409 payment_state');
    expect(verdictOf(await confirm(second.confirmation))).toBe('ok');
    expect(verdictOf(await reject(second))).toBe('409 payment_state');
  });

  it('sets the plan’s credits and adds nothing to them, and leaves the rest of the books correct', async () => {
    const { owner, confirmation } = await transferSent();
    const spend = { amount: 300 };
    const hold = await app.rest('POST', '/v1/credits/holds', { body: spend, bearer: owner.token });
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    const settle = `/v1/credits/holds/${hold.body.id}/settle`;
    expect(verdictOf(await app.rest('POST', settle, { body: { amount: 100 }, bearer: owner.token }))).toBe(
      'ok',
    );
    const credits = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(credits.body).toMatchObject({ available: 5000, spent: 100, byKind: { plan: 5000 } });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it.each([
    ['payment', 'update'],
    ['invoice', 'update'],
    ['subscription', 'update'],
    ['credit_grant', 'insert'],
    ['ledger_entry', 'insert'],
    ['credit_balance', 'update'],
    ['external_reference', 'insert'],
    ['audit_entry', 'insert'],
    ['outbox_message', 'insert'],
    ['external_reference', 'commit'],
  ] as const)('leaves nothing when the write to %s fails at %s (F24)', async (table, verb) => {
    const { owner, confirmation } = await transferSent();
    const before = await contentOf(app.database);
    const removeFault = await failWrites(app.database, table, verb);
    const failed = await confirm(confirmation);
    await removeFault();
    expect(failed.status).toBe(500);
    expect(await contentOf(app.database)).toEqual(before);
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    expect(await effectsOf(owner.accountId)).toMatchObject({ grants: 1, payments: 1 });
  });

  it('needs no Stripe: any number of subscriptions exist without its id, each with its payment method', async () => {
    const pair = [await transferSent(), await transferSent()];
    for (const { owner, confirmation } of pair) {
      const subscription = () => app.rest('GET', '/v1/subscription', { bearer: owner.token });
      expect((await subscription()).body).toMatchObject({ paymentMethod: 'stripe', externalPaymentId: null });
      expect(verdictOf(await confirm(confirmation))).toBe('ok');
      expect((await subscription()).body).toMatchObject({
        paymentMethod: 'bank_transfer',
        externalPaymentId: confirmation['externalPaymentId'],
        stripeSubscriptionId: null,
      });
      const body = { paymentMethod: 'cheque' };
      const refused = await app.rest('PATCH', '/v1/account', { body, bearer: owner.token });
      expect(verdictOf(refused)).toBe('400 invalid_input');
    }
  });

  it('books the money of a suspended account and leaves it suspended', async () => {
    const { owner, confirmation } = await transferSent();
    const administrator = await signInStaff(app, 'platform_admin');
    const path = `/v1/accounts/${owner.accountId}/suspend`;
    await app.admin.rest('POST', path, { body: { reason: 'fraud' }, bearer: administrator });
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await app.rest('GET', '/v1/credits', { bearer: owner.token }))).toBe(
      '403 account_suspended',
    );
    expect(await effectsOf(owner.accountId)).toMatchObject({ grants: 1, payments: 1 });
  });
});
