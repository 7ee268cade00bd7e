import type { FailpointName } from '@tenantry/db/failpoint';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { liveSubscriptions } from '@tenantry/services/subscription/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { runProgram } from '../../process.ts';
import { verdictOf } from '../../procedures.ts';
import { signInStaff } from '../../users.ts';

/** Where the job of subscriptions dies, in the order of a day. */
const points: readonly FailpointName[] = [
  'step_performed',
  'step_recorded',
  'steps_written',
  'steps_committed',
];

/** The days after the payment on which the job runs, and dies at the pass at each point; on the last it runs alone. */
const days = [
  { day: 26, nth: 1 },
  { day: 32, nth: 2 },
  { day: 45, nth: 3 },
] as const;
const accounts = 9;

let killed: TestApp;
let whole: TestApp;
beforeAll(async () => {
  [killed, whole] = await Promise.all([openTestApp(), openTestApp()]);
});
afterAll(() => Promise.all([killed.close(), whole.close()]));

/** Opens accounts that have paid for a month; answers their ids. */
async function openPaid(app: TestApp, count: number): Promise<string[]> {
  const bearer = await signInStaff(app, 'finance');
  const accountIds: string[] = [];
  for (let one = 0; one < count; one += 1) {
    const { owner, confirmation: body } = await submitTransfer(app);
    const confirmed = await app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', { body, bearer });
    expect(verdictOf(confirmed)).toBe('ok');
    accountIds.push(owner.accountId);
  }
  return accountIds;
}

/** Runs the job in a process of its own that dies at a pass of a point. */
function liveAndDie(now: Date, point: FailpointName, nth: number) {
  const words = ['--url', killed.database.url('tenantry_worker'), '--now', now.toISOString()];
  return runProgram('fault-test/live.ts', [...words, '--point', point, '--nth', String(nth)]);
}

/** Runs the job to its end. Answers how many accounts it has served. */
async function liveWhole(app: TestApp, now: Date): Promise<number> {
  const database = openDatabase(await openOrm(app.database.url('tenantry_worker'), 1));
  const call = { actor: { kind: 'system', job: 'subscription.live' }, requestId: newId(), now } as const;
  try {
    return await liveSubscriptions({ database, settings: { renewalInvoiceDays: 7 }, ...call });
  } finally {
    await database.close();
  }
}

/** What the job has written for an account: its steps, its invoices and its messages, without times and ids. */
async function effectsOf(app: TestApp, accountId: string) {
  const [row] = await app.database.query(
    `select (select json_agg(kind || ' ' || coalesce(facts ->> 'leftOut', facts ->> 'status', '') order by at, kind)
       from subscription_event where account_id = $1) as steps,
     (select json_agg(status || ' ' || amount order by created_at) from invoice where account_id = $1) as invoices,
     (select json_agg(topic order by topic) from outbox_message where account_id = $1) as messages`,
    [accountId],
  );
  return row;
}

describe('the job of subscriptions', () => {
  it('that is killed at every step leaves what an uninterrupted run leaves: nothing lost, nothing doubled', async () => {
    const accountIds = await openPaid(killed, accounts);
    const [control = ''] = await openPaid(whole, 1);
    const began = Date.now();
    let kills = 0;
    for (const { day, nth } of days) {
      const now = new Date(began + day * 86_400_000);
      expect(await liveWhole(whole, now)).toBe(1);
      const expected = await effectsOf(whole, control);
      for (const point of points) {
        expect(await liveAndDie(now, point, nth), `day ${day}, ${point}`).toBe('SIGKILL');
        kills += 1;
      }
      // Some accounts are done by now, and the others wait for the run that ends the work.
      const left = await liveWhole(killed, now);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(accounts);
      expect(await liveWhole(killed, now)).toBe(0);
      for (const accountId of accountIds) expect(await effectsOf(killed, accountId)).toEqual(expected);
    }
    console.log(`${kills} kills of the job of subscriptions: 0 steps lost, 0 doubled`);
  }, 120_000);
});
