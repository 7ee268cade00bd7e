import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { expireCredits } from '@tenantry/services/credit/expire';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { grantCredits } from '../../credit.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
let workers: [Database, Database];
beforeAll(async () => {
  app = await openTestApp();
  const open = async () => openDatabase(await openOrm(app.database.url('tenantry_worker'), 2));
  workers = [await open(), await open()];
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await app.close();
});

const afterSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** Runs the job as a worker does, at a time; answers in how many transactions it wrote. */
function reap(now: Date, database = workers[0]): Promise<number> {
  const actor = { kind: 'system', job: 'credit.expire' } as const;
  return expireCredits({ database, actor, requestId: newId(), now });
}

/** Holds of an account, one credit each, that expire in an hour. */
async function holdMany({ token }: Owner, count: number): Promise<void> {
  const body = { amount: 1, ttlSeconds: 3600 };
  const outcomes = await runConcurrently(count, 64, async () =>
    verdictOf(await app.rest('POST', '/v1/credits/holds', { body, bearer: token })),
  );
  expect(outcomes).toEqual({ ok: count });
}

async function openHolds(accountIds?: string[]): Promise<number> {
  const [row] = await app.database.query(
    `select count(*)::int as open from credit_hold where status = 'open' and ($1::uuid[] is null or account_id = any ($1))`,
    [accountIds ?? null],
  );
  return Number(row?.['open']);
}

/** Makes accounts by SQL, each with one open hold of ten credits that is overdue. */
async function makeOverdue(count: number): Promise<string[]> {
  const accountIds = Array.from({ length: count }, newId);
  const make = (sql: string) => app.database.query(sql, [accountIds]);
  await make(
    "insert into account (id, name, created_at) select id, 'Overdue', now() from unnest($1::uuid[]) id",
  );
  await make(
    'insert into credit_balance (account_id, granted, held) select id, 10, 10 from unnest($1::uuid[]) id',
  );
  await make(`insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select id, id, 'purchase', 10, 0, 10, 'made', now() from unnest($1::uuid[]) id`);
  await make(`insert into credit_hold (account_id, id, amount, status, backings, expires_at, created_at)
    select id, id, 10, 'open', json_build_array(json_build_object('grantId', id, 'amount', 10)), now() - interval '1 second',
    now() - interval '1 hour' from unnest($1::uuid[]) id`);
  return accountIds;
}

describe('the reaper', () => {
  it('leaves no overdue hold open after one run: 250 accounts, and one with 1,200 holds (I7)', async () => {
    const owner = await registerOwner(app);
    await grantCredits(app.database, owner.accountId, 1000);
    await holdMany(owner, 1200);
    await makeOverdue(250);
    await reap(afterSeconds(0));
    expect(await openHolds()).toBe(1200);
    const transactions = await reap(afterSeconds(3601));
    expect(await openHolds()).toBe(0);
    expect(transactions).toBe(2);
    const credits = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(credits.body).toMatchObject({ available: 2000, held: 0, spent: 0 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    console.log('reaper: 1,450 overdue holds of 251 accounts, 0 left open after one run');
  }, 60_000);

  it('may run twice at once: both runs write, and nothing is written twice', async () => {
    const accountIds = await makeOverdue(300);
    const written = await Promise.all(workers.map((worker) => reap(afterSeconds(0), worker)));
    expect(written.reduce((sum, one) => sum + one, 0)).toBe(300);
    expect(Math.min(...written)).toBeGreaterThan(0);
    expect(await openHolds()).toBe(0);
    const [row] = await app.database.query(
      `select count(*)::int as entries, count(distinct account_id)::int as accounts from ledger_entry
       where kind = 'hold_expiry' and account_id = any ($1)`,
      [accountIds],
    );
    expect(row).toEqual({ entries: 300, accounts: 300 });
  });

  it('waits for no account: it skips a locked account and handles it in the next run', async () => {
    const accountIds = await makeOverdue(20);
    const busy = accountIds.slice(0, 1);
    const client = new pg.Client({ connectionString: app.database.url('postgres') });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from credit_balance where account_id = $1 for no key update', busy);
    expect(await reap(afterSeconds(0))).toBe(19);
    expect(await openHolds(busy)).toBe(1);
    await client.query('rollback');
    await client.end();
    expect(await reap(afterSeconds(0))).toBe(1);
    expect(await openHolds()).toBe(0);
  });

  it('continues after an account that fails, and throws at the end', async () => {
    const accountIds = await makeOverdue(20);
    const broken = accountIds.slice(3, 4);
    await app.database.query('update credit_grant set held = 3 where account_id = any ($1)', [broken]);
    await expect(reap(afterSeconds(0))).rejects.toThrow();
    expect(await openHolds()).toBe(1);
    expect(await openHolds(broken)).toBe(1);
    await app.database.query('update credit_grant set held = 10 where account_id = any ($1)', [broken]);
    expect(await reap(afterSeconds(0))).toBe(1);
  });

  it('and a settle at the same moment resolve a hold once, whichever is first (I8)', async () => {
    const owner = await registerOwner(app);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 20; round += 1) {
      const holds = await Promise.all(
        Array.from({ length: 10 }, () =>
          app.rest('POST', '/v1/credits/holds', {
            body: { amount: 4, ttlSeconds: 3600 },
            bearer: owner.token,
          }),
        ),
      );
      const settle = async (id: string) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
        const path = `/v1/credits/holds/${id}/settle`;
        const { body } = await app.rest('POST', path, { body: { amount: 2 }, bearer: owner.token });
        outcomes[body.status] = (outcomes[body.status] ?? 0) + 1;
        return Number(body.settledAmount);
      };
      const { body: before } = await app.rest('GET', '/v1/credits', { bearer: owner.token });
      const [settled] = await Promise.all([
        Promise.all(holds.map(({ body }) => settle(body.id))),
        reap(afterSeconds(3601)),
      ]);
      const { body: after } = await app.rest('GET', '/v1/credits', { bearer: owner.token });
      const spent = settled.reduce((sum, amount) => sum + amount, 0);
      expect(after).toMatchObject({
        held: 0,
        spent: before.spent + spent,
        available: before.available + 40 - spent,
      });
    }
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    expect(outcomes['settled'] ?? 0).toBeGreaterThan(0);
    expect(outcomes['expired'] ?? 0).toBeGreaterThan(0);
    console.log('reaper against settle: 200 holds,', JSON.stringify(outcomes));
  }, 60_000);
});
