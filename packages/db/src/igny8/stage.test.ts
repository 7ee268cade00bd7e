import { type OldProduct, openOldProduct } from '@tenantry/testing/igny8/database';
import { type OldTraffic, runOldCode } from '@tenantry/testing/igny8/old-code';
import { manySubscriptions } from '@tenantry/testing/igny8/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lowerFrom, raiseTo, readStages, stageNames } from './stage.ts';

let old: OldProduct;
beforeEach(async () => {
  old = await openOldProduct();
});
afterEach(() => old.close());

const fill = async (count: number) => {
  const [plan, accounts, subscriptions] = manySubscriptions;
  await old.query(plan);
  await old.query(accounts, [count]);
  await old.query(subscriptions);
};
const doneStages = async () =>
  (await readStages(old.url)).filter(({ isDone }) => isDone).map(({ name }) => name);
const countOf = async (condition: string) =>
  Number(
    (await old.query(`select count(*)::int as n from igny8_subscriptions where ${condition}`))[0]?.['n'],
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (fault: { code?: string }) => fault.code,
  );
const withoutStripe = (tenant: number, stripe: string | null = null) =>
  old.query(
    `insert into igny8_subscriptions (tenant_id, stripe_subscription_id, status, current_period_start, current_period_end,
       cancel_at_period_end, created_at, updated_at, payment_method, external_payment_id)
     values ($1, $2, 'active', now(), now(), false, now(), now(), 'bank_transfer', 'RF18')`,
    [tenant, stripe],
  );

/** Does something beside the old code. */
async function beside(work: () => Promise<unknown>, rowCount = 400): Promise<OldTraffic> {
  const traffic = await runOldCode(old, rowCount);
  try {
    await work();
  } finally {
    await traffic.stop();
  }
  return traffic.stop();
}

describe('the stages from a required Stripe id', () => {
  it('run up and down beside the old code, which waits less than a second and fails nowhere', async () => {
    await fill(20_000);
    for (const name of stageNames) {
      const up = await beside(() => raiseTo(old.url, name));
      console.log(`${name} up: ${up.statements} statements, longest ${up.longestMilliseconds.toFixed(0)} ms`);
      expect(up.faults).toEqual([]);
      expect(up.longestMilliseconds).toBeLessThan(1000);
    }
    expect(await doneStages()).toEqual(stageNames);
    expect(await countOf('payment_method is null')).toBe(0);
    const down = await beside(() => lowerFrom(old.url, 'add-columns'));
    console.log(`all down: ${down.statements} statements, longest ${down.longestMilliseconds.toFixed(0)} ms`);
    expect(down.faults).toEqual([]);
    expect(down.longestMilliseconds).toBeLessThan(1000);
    expect(await doneStages()).toEqual([]);
  });

  it('wait for no lock so long that others wait behind them', async () => {
    await fill(1000);
    const reader = await old.connect();
    await reader.query('begin');
    await reader.query('select count(*) from igny8_subscriptions');
    const raised = raiseTo(old.url, 'add-columns');
    const traffic = await beside(() => new Promise((resolve) => setTimeout(resolve, 2500)));
    await reader.query('commit');
    await reader.end();
    await raised;
    expect(traffic.longestMilliseconds).toBeLessThan(1000);
    expect(traffic.statements).toBeGreaterThan(20);
  });

  it('fill in what others have locked once it is free, and hold up no row meanwhile', async () => {
    await fill(1200);
    await raiseTo(old.url, 'add-columns');
    const writer = await old.connect();
    await writer.query('begin');
    await writer.query("update igny8_subscriptions set status = 'past_due' where id = 1");
    const raised = raiseTo(old.url, 'backfill');
    await expect.poll(() => countOf('payment_method is null'), { timeout: 10_000 }).toBe(1);
    await writer.query('commit');
    await writer.end();
    expect(await raised).toEqual([
      'add-columns: was done',
      'backfill: 1200 subscriptions and 1200 accounts are paid by Stripe',
    ]);
    expect(await raiseTo(old.url, 'backfill')).toEqual(['add-columns: was done', 'backfill: was done']);
  });

  it('end although a row has no Stripe id that says how it was paid', async () => {
    await fill(3);
    await old.query("update igny8_subscriptions set stripe_subscription_id = '' where id = 2");
    await raiseTo(old.url, 'backfill');
    expect(await countOf('payment_method is null')).toBe(1);
    expect(await doneStages()).toEqual(['add-columns', 'backfill']);
  });

  it('give rows that the old code makes later their way to pay', async () => {
    await fill(1);
    await raiseTo(old.url, 'relax');
    const traffic = await beside(() => new Promise((resolve) => setTimeout(resolve, 100)), 1);
    expect(traffic.faults).toEqual([]);
    expect(await countOf("payment_method = 'stripe'")).toBe(await countOf('true'));
  });

  it('let subscriptions have no Stripe id, and refuse one twice', async () => {
    await fill(8);
    await old.query('delete from igny8_subscriptions where tenant_id > 3');
    expect(
      await codeOf(old.query('update igny8_subscriptions set stripe_subscription_id = null where id = 1')),
    ).toBe('23502');
    await raiseTo(old.url, 'relax');
    await withoutStripe(4);
    await withoutStripe(5);
    await withoutStripe(6, '');
    await withoutStripe(7, '');
    expect(await codeOf(withoutStripe(8, 'sub_1'))).toBe('23505');
  });

  it('drop an index that an interrupted build has left, and build it', async () => {
    await fill(3);
    await raiseTo(old.url, 'backfill');
    await old.query(
      'alter table igny8_subscriptions drop constraint igny8_subscriptions_stripe_subscription_id_key',
    );
    await old.query("update igny8_subscriptions set stripe_subscription_id = 'sub_1' where id = 2");
    const left = `create unique index concurrently igny8_subscriptions_stripe_id_given
      on igny8_subscriptions (stripe_subscription_id) where stripe_subscription_id is not null`;
    expect(await codeOf(old.query(left))).toBe('23505');
    expect(await doneStages()).not.toContain('partial-index');
    expect(await codeOf(raiseTo(old.url, 'partial-index'))).toBe('23505');
    expect(await old.query("select to_regclass('igny8_subscriptions_stripe_id_given') as index")).toEqual([
      { index: null },
    ]);
    await old.query("update igny8_subscriptions set stripe_subscription_id = 'sub_2' where id = 2");
    await raiseTo(old.url, 'partial-index');
    expect(await doneStages()).toContain('partial-index');
  });

  it('are not taken back where that would lose a fact', async () => {
    await fill(4);
    await old.query('delete from igny8_subscriptions where tenant_id = 4');
    await raiseTo(old.url, 'relax');
    await withoutStripe(4);
    await expect(lowerFrom(old.url, 'relax')).rejects.toThrow(
      'relax stays: 1 subscriptions have no Stripe id',
    );
    await old.query("update igny8_subscriptions set stripe_subscription_id = 'sub_4' where tenant_id = 4");
    await expect(lowerFrom(old.url, 'add-columns')).rejects.toThrow(
      'add-columns stays: 1 rows say that they were paid another way',
    );
    expect(await doneStages()).toEqual(['add-columns', 'backfill']);
    expect(await countOf("external_payment_id = 'RF18'")).toBe(1);
    expect(
      await codeOf(old.query('update igny8_subscriptions set stripe_subscription_id = null where id = 1')),
    ).toBe('23502');
  });

  it('run once at a time, and on a database of igny8 alone', async () => {
    await fill(1);
    const other = await old.connect();
    await other.query("select pg_advisory_lock(hashtext('tenantry_igny8'))");
    await expect(raiseTo(old.url, 'relax')).rejects.toThrow('another run reads or changes this database');
    await other.end();
    await expect(raiseTo(old.url, 'everything')).rejects.toThrow(
      'no stage is called everything; there are add-columns',
    );
    const empty = await openOldProduct({ isEmpty: true });
    await expect(readStages(empty.url)).rejects.toThrow('it has no table igny8_subscriptions, igny8_tenants');
    await empty.close();
  });
});
