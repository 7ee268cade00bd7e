import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let [finance, colleague]: [string, string] = ['', ''];
beforeAll(async () => {
  app = await openTestApp();
  [finance, colleague] = [await signInStaff(app, 'finance'), await signInStaff(app, 'finance')];
});
afterAll(() => app.close());

let keys = 0;
const newKey = () => `staff-key-${(keys += 1)}`;
const adjust = ({ accountId }: Owner, body: unknown, key?: string, bearer = finance) =>
  app.admin.rest('POST', `/v1/accounts/${accountId}/credits/adjust`, {
    body,
    bearer,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
const availableOf = async ({ token }: Owner): Promise<number> =>
  (await app.rest('GET', '/v1/credits', { bearer: token })).body.available;
const auditsOf = ({ accountId }: Owner, action: string) =>
  app.database.query(
    'select actor, subject_id, facts from audit_entry where account_id = $1 and action = $2 order by id',
    [accountId, action],
  );

describe('a change by staff with an idempotency key', () => {
  it('is made once, and the retry gets the same bytes', async () => {
    const owner = await registerOwner(app);
    const key = newKey();
    const first = await adjust(owner, { amount: 50, reason: 'goodwill' }, key);
    const again = await adjust(owner, { amount: 50, reason: 'goodwill' }, key);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await availableOf(owner)).toBe(1050);
    expect(await auditsOf(owner, 'credit.adjust')).toHaveLength(1);
  });

  it('is made once when twenty retries come at once', async () => {
    const owner = await registerOwner(app);
    const key = newKey();
    const outcomes = await runConcurrently(20, 20, async () =>
      verdictOf(await adjust(owner, { amount: 7, reason: 'once' }, key)),
    );
    expect(outcomes).toEqual({ ok: 20 });
    expect(await availableOf(owner)).toBe(1007);
  });

  it('is refused with another input, and belongs to one member of staff and one account', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const key = newKey();
    expect(verdictOf(await adjust(owner, { amount: 5, reason: 'a' }, key))).toBe('ok');
    expect(verdictOf(await adjust(owner, { amount: 6, reason: 'a' }, key))).toBe('422 idempotency_mismatch');
    expect(verdictOf(await adjust(owner, { amount: 6, reason: 'a' }, key, colleague))).toBe('ok');
    expect(verdictOf(await adjust(other, { amount: 6, reason: 'a' }, key))).toBe('ok');
    expect([await availableOf(owner), await availableOf(other)]).toEqual([1011, 1006]);
  });

  it('does not use up its key when it is refused', async () => {
    const owner = await registerOwner(app);
    const key = newKey();
    const taken = { amount: -2000, reason: 'too much' };
    expect(verdictOf(await adjust(owner, taken, key))).toBe('402 insufficient_credits');
    expect(verdictOf(await adjust(owner, { amount: 1, reason: 'right' }, key))).toBe('ok');
  });
});

describe('the reference of an adjustment', () => {
  it('is tied to its terms: the same terms get the same bytes, other terms are refused', async () => {
    const owner = await registerOwner(app);
    const terms = { amount: 30, reason: 'refund', reference: 'TICKET-1' };
    const first = await adjust(owner, terms);
    expect(JSON.stringify((await adjust(owner, terms)).body)).toBe(JSON.stringify(first.body));
    for (const other of [
      { amount: 31 },
      { reason: 'other' },
      { kind: 'promo' },
      { expiresAt: '2100-01-01T00:00:00Z' },
    ])
      expect(verdictOf(await adjust(owner, { ...terms, ...other })), JSON.stringify(other)).toBe(
        '409 reference_taken',
      );
    expect(await availableOf(owner)).toBe(1030);
    expect(await auditsOf(owner, 'credit.adjust')).toHaveLength(1);
  });

  it('may be repeated with a new key, which then keeps the same answer', async () => {
    const owner = await registerOwner(app);
    const terms = { amount: 30, reason: 'refund', reference: 'TICKET-2' };
    const first = await adjust(owner, terms, newKey());
    const key = newKey();
    for (const _time of [1, 2]) {
      const again = await adjust(owner, terms, key);
      expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    }
    expect(await availableOf(owner)).toBe(1030);
  });

  it('whose answer was not stored is refused, and books nothing', async () => {
    const owner = await registerOwner(app);
    const terms = { amount: 30, reason: 'refund', reference: 'TICKET-3' };
    await adjust(owner, terms);
    await app.database.query(
      "delete from idempotency_record where account_id = $1 and key like 'reference %'",
      [owner.accountId],
    );
    expect(verdictOf(await adjust(owner, terms))).toBe('409 reference_taken');
    expect(await availableOf(owner)).toBe(1030);
  });
});

describe('the audit of a change by staff', () => {
  it('names the actor, the subject and the facts that the procedure lists', async () => {
    const { owner, paymentId } = await submitTransfer(app);
    const body = { reason: 'never arrived' };
    expect(
      verdictOf(await app.admin.rest('POST', `/v1/payments/${paymentId}/reject`, { body, bearer: finance })),
    ).toBe('ok');
    expect(await auditsOf(owner, 'payment.reject')).toEqual([
      { actor: expect.stringMatching(/^staff:/), subject_id: paymentId, facts: body },
    ]);
  });
});
