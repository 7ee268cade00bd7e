import { newId } from '@tenantry/db/ids';
import { isRefusal } from '@tenantry/domain/refusals';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUpToDate, change } from './change.ts';
import { openLedger } from './group-commit/ledger.ts';
import { afterSeconds, balanceOf, callAt, give, hold, now, openAccount, within } from './ledger.fixture.ts';
import { booksAt } from './read/balance.ts';
import type { BooksChange, LedgerContext, LedgerService } from './service.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

describe('books that no rule produces', () => {
  /** Opens an account with an expired hold, whose grant stores a lower held amount than the hold needs. */
  async function openBroken(): Promise<{ accountId: string; message: RegExp }> {
    const accountId = await openAccount(app, 10);
    const holdId = await within(app, accountId, now, (tx) => change(tx, hold, { amount: 4, seconds: 60 }));
    if (isRefusal(holdId)) throw new Error(holdId.refused);
    await app.query('update credit_grant set held = 3 where account_id = $1', [accountId]);
    return {
      accountId,
      message: new RegExp(`account ${accountId}: hold ${holdId} takes more of grant .* than it holds: 3`),
    };
  }

  it('fail every change with an error that names account, hold and grant, and write nothing', async () => {
    const { accountId, message } = await openBroken();
    const before = await balanceOf(app, accountId);
    await expect(
      within(app, accountId, afterSeconds(60), (tx) => change(tx, give, { amount: 1 })),
    ).rejects.toThrow(message);
    await expect(within(app, accountId, afterSeconds(60), bringUpToDate)).rejects.toThrow(message);
    const ledger = openLedger(app.url('tenantry_api'), {
      connectionsMax: 1,
      clock: () => afterSeconds(60),
      onFault: () => undefined,
    });
    const request = { service: give, input: { amount: 1 }, callInfo: callAt(afterSeconds(60)) };
    await expect(ledger.change(accountId, request)).rejects.toThrow(message);
    await ledger.close();
    expect(await balanceOf(app, accountId)).toEqual(before);
  });
});

describe('a hold that is not backed by its amount', () => {
  it('fails the change that would resolve it', async () => {
    const accountId = await openAccount(app, 10);
    const holdId = await within(app, accountId, now, (tx) => change(tx, hold, { amount: 4, seconds: 60 }));
    await app.query(`update credit_hold set backings = '[]' where account_id = $1`, [accountId]);
    await expect(within(app, accountId, afterSeconds(60), bringUpToDate)).rejects.toThrow(
      `account ${accountId}: hold ${String(isRefusal(holdId) ? '' : holdId)} of 4 is backed by 0`,
    );
  });
});

describe('a decision that no rule produces', () => {
  const by = (decide: (context: LedgerContext) => BooksChange): LedgerService<null, null> => ({
    reads: () => ({}),
    decide: (context) => ({ ...decide(context), answer: null }),
  });
  const grant = { id: newId(), kind: 'promo', available: 1, held: 0, expiresAt: null } as const;
  const unread = newId();
  const holdOf = (id: string) => ({ id, status: 'released', settledAmount: 0 }) as const;

  it.each([
    [
      'resolves a hold that was not read',
      by(({ view: { books } }) => ({
        books,
        resolved: [holdOf(unread)],
      })),
      `hold ${unread} is resolved and was not read`,
    ],
    [
      'makes a grant without a reference',
      by(({ view: { books } }) => ({ books: { ...books, grants: [...books.grants, grant] } })),
      `the new grant ${grant.id} has no reference`,
    ],
    [
      'asks for the limit group of a key that does not spend',
      by(({ view: { books, limitGroup } }) => ({ books, resolved: [holdOf(limitGroup('x'))] })),
      'the limit group of key x was not read',
    ],
  ])('fails when it %s', async (_what, service, message) => {
    const accountId = await openAccount(app, 10);
    const before = await balanceOf(app, accountId);
    await expect(within(app, accountId, now, (tx) => change(tx, service, null))).rejects.toThrow(
      `account ${accountId}: ${message}`,
    );
    expect(await balanceOf(app, accountId)).toEqual(before);
  });
});

describe('a journal that contradicts itself', () => {
  it('fails a read of the books at a time, at the entry', async () => {
    const accountId = await openAccount(app, 10);
    await app.query('update ledger_entry set available_after = 11 where account_id = $1', [accountId]);
    await expect(within(app, accountId, now, (tx) => booksAt(tx, now))).rejects.toThrow(
      `account ${accountId}: entry 1 leaves 10 available, and says 11`,
    );
  });
});
