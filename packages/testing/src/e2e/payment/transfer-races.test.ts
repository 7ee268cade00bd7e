import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type SubmittedTransfer, submitTransfer } from '../../bank-transfers.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { verdictOf } from '../../procedures.ts';
import { signInStaff } from '../../users.ts';

/** How many transfers are raced, and how many calls at once each gets. */
const transfers = Number(process.env['TRANSFERS'] ?? 4);
const calls = Number(process.env['TRANSFER_CALLS'] ?? 20);

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const confirm = (body: Record<string, unknown>) =>
  app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', { body, bearer: finance });
const reject = (paymentId: string) => {
  const body = { reason: 'never arrived' };
  return app.admin.rest('POST', `/v1/payments/${paymentId}/reject`, { body, bearer: finance });
};
const sums = async () => {
  const [row] = await app.database.query(
    `select (select count(*) from credit_grant where reference like 'period:%')::int as grants,
     (select count(*) from subscription_period)::int as periods,
     (select count(*) from payment where status = 'succeeded')::int as succeeded,
     (select count(*) from payment where status = 'failed')::int as failed,
     (select coalesce(sum(amount), 0) from money_entry where kind = 'payment')::int as arrived`,
  );
  return row;
};

describe('many calls at once', () => {
  it(`that confirm ${transfers} transfers ${calls} times each book each once (J11)`, async () => {
    const submitted: SubmittedTransfer[] = [];
    for (let index = 0; index < transfers; index += 1) submitted.push(await submitTransfer(app));
    const outcomes = await runConcurrently(transfers * calls, 50, async (index) =>
      verdictOf(await confirm(submitted[index % transfers]?.confirmation ?? {})),
    );
    expect(outcomes).toEqual({ ok: transfers * calls });
    expect(await sums()).toEqual({
      grants: transfers,
      periods: transfers,
      succeeded: transfers,
      failed: 0,
      arrived: transfers * 2900,
    });
    for (const { owner } of submitted) expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  }, 600_000);

  it(`that confirm and reject ${transfers} transfers leave each in one state (J15)`, async () => {
    const before = await sums();
    let confirmed = 0;
    for (let index = 0; index < transfers; index += 1) {
      const { paymentId, confirmation } = await submitTransfer(app);
      const [oks, rejections] = [new Set<string>(), new Set<string>()];
      await runConcurrently(calls, calls, async (call) => {
        if (call % 2 === 0) oks.add(verdictOf(await confirm(confirmation)));
        else rejections.add(verdictOf(await reject(paymentId)));
        return 'done';
      });
      const [row] = await app.database.query('select status from payment where id = $1', [paymentId]);
      const isConfirmed = row?.['status'] === 'succeeded';
      confirmed += isConfirmed ? 1 : 0;
      expect([...oks]).toEqual([isConfirmed ? 'ok' : '409 payment_state']);
      // One rejection is answered, and the others find it.
      expect(isConfirmed ? [...rejections] : [...rejections].toSorted()).toEqual(
        isConfirmed ? ['409 payment_state'] : ['409 payment_state', 'ok'],
      );
    }
    expect(await sums()).toMatchObject({
      grants: Number(before?.['grants']) + confirmed,
      periods: Number(before?.['periods']) + confirmed,
      failed: transfers - confirmed,
    });
  }, 600_000);
});
