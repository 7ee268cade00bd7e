import { rows } from '@tenantry/db/sql';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { runConcurrently } from '@tenantry/testing/concurrent-clients';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUpToDate, change } from './change.ts';
import { decideAll } from './decide.ts';
import { afterSeconds, balanceOf, give, hold, now, openAccount, within } from './ledger.fixture.ts';
import { inTransaction } from './port.ts';
import { type BalanceRow, type StateRow, booksOf } from './rows.ts';
import { readBooks } from './statements.ts';
import { commandsOf } from './write.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

describe('a change in a transaction', () => {
  it('brings the books up to date before it decides, and writes both in one transaction', async () => {
    const accountId = await openAccount(app, 10);
    await within(app, accountId, now, (tx) => change(tx, hold, { amount: 10, seconds: 60 }));
    const held = await within(app, accountId, afterSeconds(60), (tx) =>
      change(tx, hold, { amount: 7, seconds: 60 }),
    );
    expect(isRefusal(held)).toBe(false);
    expect(await balanceOf(app, accountId)).toEqual({ available: 3, held: 7, spent: 0, sequence: 4 });
    const holds = await app.query('select status from credit_hold where account_id = $1 order by id', [
      accountId,
    ]);
    expect(holds).toEqual([{ status: 'expired' }, { status: 'open' }]);
    expect(await faultsOfBooks(app, accountId)).toEqual([]);
  });

  it('writes nothing when it is refused, not even entries that are due', async () => {
    const accountId = await openAccount(app, 10);
    await within(app, accountId, now, (tx) => change(tx, hold, { amount: 10, seconds: 60 }));
    const before = await balanceOf(app, accountId);
    // The transaction commits, because its work does not answer the refusal itself.
    const answer = await within(app, accountId, afterSeconds(60), async (tx) => ({
      refusal: await change(tx, hold, { amount: 11, seconds: 60 }),
    }));
    expect(answer.refusal).toEqual({
      refused: 'insufficient_credits',
      facts: { required: 11, available: 10 },
    });
    expect(await balanceOf(app, accountId)).toEqual(before);
  });

  it('blocks other changes of the account until its transaction ends', async () => {
    const accountId = await openAccount(app, 1);
    const outcomes = await runConcurrently(20, 10, async () => {
      const held = await within(app, accountId, now, (tx) => change(tx, hold, { amount: 1, seconds: 60 }));
      return isRefusal(held) ? held.refused : 'ok';
    });
    expect(outcomes).toEqual({ ok: 1, insufficient_credits: 19 });
  });
});

describe('bringing an account up to date', () => {
  it('writes due entries once, and does not wait for a lock', async () => {
    const accountId = await openAccount(app, 10);
    await within(app, accountId, now, (tx) => change(tx, hold, { amount: 4, seconds: 60 }));
    expect(await within(app, accountId, afterSeconds(59), bringUpToDate)).toBe(false);
    const undone = new Error('undone');
    let isWritten: boolean | undefined;
    await within(app, accountId, afterSeconds(60), async (tx) => {
      await change(tx, give, { amount: 1 });
      isWritten = await within(app, accountId, afterSeconds(60), bringUpToDate);
      throw undone;
    }).catch((fault: unknown) => expect(fault).toBe(undone));
    expect(isWritten).toBe(false);
    expect(await within(app, accountId, afterSeconds(60), bringUpToDate)).toBe(true);
    expect(await within(app, accountId, afterSeconds(60), bringUpToDate)).toBe(false);
    expect(await balanceOf(app, accountId)).toMatchObject({ available: 10, held: 0 });
    expect(await faultsOfBooks(app, accountId)).toEqual([]);
  });
});

/** Holds one credit of a balance that was read without the lock. The constraints must refuse this mistake. */
async function holdWithoutLock(tx: AccountTransaction): Promise<string | Refusal> {
  const { accountId, now: at } = tx;
  const [row] = await rows<BalanceRow & StateRow>(tx, readBooks, [accountId, at.toISOString()]);
  if (row === undefined) throw new Error('there is no balance');
  const request = {
    reads: {},
    callInfo: tx,
    key: undefined,
    decide: (context: Parameters<typeof hold.decide>[0]) => {
      const decision = hold.decide(context, { amount: 1, seconds: 900 });
      return isRefusal(decision)
        ? { deliver: () => undefined }
        : { change: decision, deliver: () => undefined };
    },
    replay: () => ({ deliver: () => undefined }),
  };
  const none = { holds: [], charges: [], entries: [], siteIds: [], prices: [], calls: [] };
  const loaded = { books: booksOf(row, row, at), ...none, limitGroups: new Map<string, string>() };
  const outcome = decideAll(accountId, [request], loaded, { now: at });
  const port = inTransaction(tx);
  for (const command of commandsOf(outcome.change)) await port.send(...command);
  return 'ok';
}

it('the constraints refuse a hold that was decided without the lock, and the books stay correct', async () => {
  const accountId = await openAccount(app, 1000);
  const outcomes = await runConcurrently(400, 20, () =>
    within(app, accountId, now, holdWithoutLock).then(String, () => 'refused'),
  );
  expect(outcomes['refused']).toBeGreaterThan(0);
  expect(await faultsOfBooks(app, accountId)).toEqual([]);
}, 60_000);
