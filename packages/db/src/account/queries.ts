import type { AccountStatus } from '@tenantry/domain/standing';
import type { AccountTransaction } from '../transaction.ts';
import { Account } from './entity.ts';

const lock = 'select id from account where id = ? for no key update';

/** Makes every other callInfo that counts or changes this account wait until the commit. */
export async function lockAccount({ em, accountId }: AccountTransaction): Promise<void> {
  const rows = await em.execute(lock, [accountId]);
  if (rows.length !== 1) throw new Error('an account that does not exist');
}

/** Whether the account of this transaction exists. */
export async function accountExists({ em, accountId }: AccountTransaction): Promise<boolean> {
  return (await em.count(Account, { id: accountId })) > 0;
}

/** The account of this transaction. */
export function getAccount({ em, accountId }: AccountTransaction): Promise<Account> {
  return em.findOneOrFail(Account, { id: accountId });
}

/** Creates the account row and its empty books. */
export async function insertAccount(
  { em, accountId, now }: AccountTransaction,
  facts: Pick<Account, 'name' | 'paymentMethod' | 'sandbox'>,
): Promise<void> {
  const status: AccountStatus = 'active';
  await em.insert(Account, { id: accountId, ...facts, status, system: false, createdAt: now, version: 1 });
  await em.execute('insert into credit_balance (account_id) values (?)', [accountId]);
}
