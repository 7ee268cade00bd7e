import type { AccountStatus } from '@tenantry/domain/standing';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { Account, AccountDirectoryEntry } from './entity.ts';

const lock = 'select status from account where id = $1 for no key update';

/**
 * Makes every other transaction that counts or changes what this account has wait until the commit. Answers the status
 * that the account then has.
 */
export async function lockAccount(tx: AccountTransaction): Promise<AccountStatus> {
  const [account] = await rows<{ status: AccountStatus }>(tx, lock, [tx.accountId]);
  if (account === undefined) throw new Error(`the account ${tx.accountId} does not exist`);
  return account.status;
}

/** The account of this transaction. */
export function getAccount({ em, accountId }: AccountTransaction): Promise<Account> {
  return em.findOneOrFail(Account, { id: accountId });
}

/** The operator's own id of a new account, and the fingerprint of the request that makes it. */
export interface ExternalName {
  readonly externalId: string;
  readonly asked: string;
}

/** Whether the account of this transaction was made by a request with this fingerprint. */
export async function wasAsked({ em, accountId }: AccountTransaction, { externalId, asked }: ExternalName) {
  return (await em.count(AccountDirectoryEntry, { externalId, accountId, asked })) === 1;
}

/** Creates the account row and its empty books, and lists its external id in the directory. */
export async function insertAccount(
  tx: AccountTransaction,
  facts: Pick<Account, 'name' | 'paymentMethod' | 'sandbox'> & Partial<Pick<Account, 'billingDetails'>>,
  external?: ExternalName,
): Promise<void> {
  const { em, accountId, now } = tx;
  const status: AccountStatus = 'active';
  const externalId = external?.externalId ?? null;
  const state = { status, system: false, aheadMilliseconds: 0, createdAt: now, version: 1 };
  const row = { id: accountId, ...facts, externalId, ...state };
  await em.insert(Account, row);
  if (external !== undefined) await em.insert(AccountDirectoryEntry, { ...external, accountId });
  await rows(tx, 'insert into credit_balance (account_id) values ($1)', [accountId]);
}

const aheadOf = 'select ahead_milliseconds::float8 as ahead from account where id = $1 for no key update';

/** How far the account's clock is ahead of real time, in milliseconds; nobody moves it until the transaction ends. */
export async function lockClock(tx: AccountTransaction): Promise<number> {
  const [account] = await rows<{ ahead: number }>(tx, aheadOf, [tx.accountId]);
  if (account === undefined) throw new Error(`the account ${tx.accountId} does not exist`);
  return account.ahead;
}

/** Moves the account's clock. The account is locked. */
export async function moveClock(tx: AccountTransaction, aheadMilliseconds: number): Promise<void> {
  await rows(tx, 'update account set ahead_milliseconds = $2 where id = $1', [
    tx.accountId,
    aheadMilliseconds,
  ]);
}
