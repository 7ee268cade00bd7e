import type { AccountStatus } from '@tenantry/domain/standing';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { Account } from './entity.ts';

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

/** Creates the account row and its empty books. */
export async function insertAccount(
  tx: AccountTransaction,
  facts: Pick<Account, 'name' | 'paymentMethod' | 'sandbox'>,
): Promise<void> {
  const { em, accountId, now } = tx;
  const status: AccountStatus = 'active';
  await em.insert(Account, { id: accountId, ...facts, status, system: false, createdAt: now, version: 1 });
  await rows(tx, 'insert into credit_balance (account_id) values ($1)', [accountId]);
}
