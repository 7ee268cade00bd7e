import type { AccountStatus } from '@tenantry/domain/standing';
import type { Records } from '../transact.ts';
import { Account } from './entity.ts';

const lock = 'select id from account where id = ? for no key update';

/** Makes every other deed that counts or changes this account wait until the commit. */
export async function lockAccount({ em, accountId }: Records): Promise<void> {
  const rows = await em.execute(lock, [accountId]);
  if (rows.length !== 1) throw new Error('an account that does not exist');
}

/** The account of this transaction. */
export function getAccount({ em, accountId }: Records): Promise<Account> {
  return em.findOneOrFail(Account, { id: accountId });
}

/** Creates the account row and its empty books. */
export async function insertAccount(
  { em, accountId, now }: Records,
  facts: Pick<Account, 'name' | 'paymentMethod' | 'sandbox'>,
): Promise<void> {
  const status: AccountStatus = 'active';
  await em.insert(Account, { id: accountId, ...facts, status, system: false, createdAt: now, version: 1 });
  await em.execute('insert into credit_balance (account_id) values (?)', [accountId]);
}
