import { Account } from '@tenantry/db/account/entity';
import { newId } from '@tenantry/db/ids';
import { Site } from '@tenantry/db/site/entity';
import type { AccountTransaction, CallInfo } from '@tenantry/db/transaction';
import { type TestDatabase, openTestDatabase } from './database.ts';

/** The call of tests that have no app. */
export const testCall: CallInfo = {
  actor: { kind: 'system', job: 'test' },
  requestId: 'test',
  now: new Date(),
};

/** A database with two accounts that have one site each. */
export interface TwoAccounts {
  database: TestDatabase;
  own: { accountId: string; siteId: string };
  foreign: { accountId: string; siteId: string };
  /** Runs `work` in a transaction of the own account, as the API does. */
  asOwn<T>(work: (tx: AccountTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens a database of its own with the two accounts in it. */
export async function openTwoAccounts(): Promise<TwoAccounts> {
  const database = await openTestDatabase();
  const [own, foreign] = [await insertAccountWithSite(database), await insertAccountWithSite(database)];
  return {
    database,
    own,
    foreign,
    asOwn: (work) => database.api.inAccount.write({ accountId: own.accountId }, testCall, work),
    close: () => database.close(),
  };
}

async function insertAccountWithSite(database: TestDatabase): Promise<TwoAccounts['own']> {
  const [accountId, siteId] = [newId(), newId()];
  await database.api.inAccount.write({ accountId }, testCall, async ({ em, now }) => {
    const facts = {
      status: 'active',
      paymentMethod: 'stripe',
      system: false,
      sandbox: false,
      aheadMilliseconds: 0,
    } as const;
    await em.insert(Account, { id: accountId, name: 'An account', ...facts, createdAt: now, version: 1 });
    await em.insert(Site, { accountId, id: siteId, name: 'A site', createdAt: now, version: 1 });
  });
  return { accountId, siteId };
}
