import { newId } from '@tenantry/db/ids';
import type { AccountTransaction, CallInfo } from '@tenantry/db/transaction';
import { addGrant } from '@tenantry/domain/credit/grants';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { TestDatabase } from '@tenantry/testing/database';
import { change } from './change.ts';
import type { LedgerService } from './service.ts';

/** The time at which the tests of the ledger begin. */
export const now = new Date('2026-03-01T12:00:00Z');

/** The time so many seconds after `now`. */
export const afterSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** A call by a job of the system. */
export const callAt = (at: Date): CallInfo => ({
  actor: { kind: 'system', job: 'test' },
  requestId: 'test',
  now: at,
});

/** Grants credits that do not expire. */
export const give: LedgerService<{ amount: number }, string> = {
  reads: () => ({}),
  decide({ view }, { amount }) {
    const id = newId();
    const grant = { id, kind: 'purchase', amount, expiresAt: null, reference: id } as const;
    return { books: addGrant(view.books, grant), answer: id };
  },
};

/** Holds credits for so many seconds; answers the hold's id. */
export const hold: LedgerService<{ amount: number; seconds: number }, string, 'insufficient_credits'> = {
  reads: () => ({}),
  decide({ view, now: at }, { amount, seconds }) {
    const id = newId();
    const taken = takeHold(view.books, amount, { holdId: id }, at);
    if (isRefusal(taken)) return refuse('insufficient_credits', taken.facts);
    const expiresAt = new Date(at.getTime() + seconds * 1000);
    const noOperation = { operation: null, priceVersion: null };
    const place = { ...noOperation, siteId: null, keyId: null, limitGroupId: null, metadata: {} };
    const held = { id, amount, ...place, expiresAt, backings: taken.backings };
    return { books: taken.books, newHolds: [held], answer: id };
  },
};

/** Opens an account with so many credits and without a subscription. Answers its id. */
export async function openAccount(app: TestDatabase, amount: number): Promise<string> {
  const accountId = newId();
  await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [accountId]);
  await app.query('insert into credit_balance (account_id) values ($1)', [accountId]);
  await within(app, accountId, now, (tx) => change(tx, give, { amount }));
  return accountId;
}

/** Runs work in a transaction of the account, whose clock shows `at`. */
export function within<T>(
  app: TestDatabase,
  accountId: string,
  at: Date,
  work: (tx: AccountTransaction) => Promise<T>,
): Promise<T> {
  return app.api.inAccount.write({ accountId }, callAt(at), work);
}

/** The stored balance. */
export async function balanceOf(
  app: TestDatabase,
  accountId: string,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await app.query(
    'select available::int, held::int, spent::int, sequence::int from credit_balance where account_id = $1',
    [accountId],
  );
  return row;
}
