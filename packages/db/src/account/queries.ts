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
  facts: Pick<Account, 'name' | 'paymentMethod' | 'sandbox'>,
  external?: ExternalName,
): Promise<void> {
  const { em, accountId, now } = tx;
  const status: AccountStatus = 'active';
  const externalId = external?.externalId ?? null;
  const row = { id: accountId, ...facts, externalId, status, system: false, createdAt: now, version: 1 };
  await em.insert(Account, row);
  if (external !== undefined) await em.insert(AccountDirectoryEntry, { ...external, accountId });
  await rows(tx, 'insert into credit_balance (account_id) values ($1)', [accountId]);
}
