import { lockAccount } from '@tenantry/db/account/queries';
import { openOrm } from '@tenantry/db/orm';
import { insertStaff } from '@tenantry/db/seed';
import { type CallInfo, type Database, openDatabase } from '@tenantry/db/transaction';
import { type Ledger, openLedger } from '@tenantry/ledger/group-commit';
import type { Context } from '@tenantry/services/context';
import { type TestDatabase, openTestDatabase } from '../database.ts';
import { type Account, openAccount } from './account.ts';
import { type Observe, openObserver } from './observe.ts';
import { insertPlan, plans } from './plans.ts';

/** When every run begins: at the end of a long month. */
export const beginning = Date.UTC(2026, 0, 30, 12);

/** Runs a service in one transaction of an account. */
type InAccount = <T>(accountId: string, service: (context: Context) => Promise<T>) => Promise<T>;

/** The system under test: services and ledgers of two processes on one database, and the clock that they share. */
export interface Environment {
  database: TestDatabase;
  ledgers: readonly [Ledger, Ledger];
  worker: Database;
  observe: Observe;
  clock: { now: number };
  /** A call that a job of the system makes now. */
  callInfo(): CallInfo;
  /** Reads as the API does, in a read-only transaction. */
  read: InAccount;
  /** Changes as the API does. */
  change: InAccount;
  /** Changes as staff do in the admin app, behind the account's lock. */
  changeAsStaff: InAccount;
  /** Registers an account with a trial and two sites. */
  openAccount(): Promise<Account>;
  close(): Promise<void>;
}

/** Opens an environment on a database of its own. */
export async function openEnvironment(): Promise<Environment> {
  const database = await openTestDatabase();
  for (const { id, slug, cycle, credits, rolloverMax, price, graceDays } of plans)
    await database.query(insertPlan, [id, slug, cycle, credits, rolloverMax, price, graceDays]);
  const clock = { now: beginning };
  const now = () => new Date(clock.now);
  const callInfo = (): CallInfo => ({
    actor: { kind: 'system', job: 'model' },
    requestId: 'model',
    now: now(),
  });
  const ledgers = [openLedgerOf(database, now), openLedgerOf(database, now)] as const;
  const worker = openDatabase(await openOrm(database.url('tenantry_worker'), 2));
  const observer = await openObserver(database.url('postgres'));
  return {
    database,
    ledgers,
    worker,
    observe: observer.observe,
    clock,
    callInfo,
    ...transactionsOf(database, callInfo, await insertFinanceStaff(database)),
    openAccount: () => openAccount(database, callInfo()),
    close: async () => {
      await Promise.all(ledgers.map((ledger) => ledger.close()));
      await Promise.all([worker.close(), observer.close()]);
      await database.close();
    },
  };
}

/** A ledger of one process. A lost connection shows in the outcome of a call, so its report is not needed. */
function openLedgerOf(database: TestDatabase, clock: () => Date): Ledger {
  return openLedger(database.url('tenantry_api'), { connectionsMax: 3, clock, onFault: () => undefined });
}

function transactionsOf(
  { api, admin }: TestDatabase,
  callInfo: () => CallInfo,
  staffId: string,
): Pick<Environment, 'read' | 'change' | 'changeAsStaff'> {
  const staff = { kind: 'staff', staffId, role: 'finance', sessionId: staffId } as const;
  return {
    read: (accountId, service) => {
      const call = callInfo();
      return api.inAccount.read({ accountId }, call, (tx) => service({ tx, ...call }));
    },
    change: (accountId, service) => {
      const call = callInfo();
      return api.inAccount.write({ accountId }, call, (tx) => service({ tx, ...call }));
    },
    changeAsStaff: (accountId, service) => {
      const call = { ...callInfo(), actor: staff };
      return admin.inAccount.write({ accountId }, call, async (tx) => {
        await lockAccount(tx);
        return service({ tx, ...call });
      });
    },
  };
}

/** Staff who are members of no account, so that they may correct every account. */
async function insertFinanceStaff(database: TestDatabase): Promise<string> {
  const email = 'finance@model.test';
  const staff = { email, emailDigest: email, role: 'finance', passwordHash: 'none' } as const;
  await insertStaff(database.url('tenantry_owner'), [staff], new Date(beginning));
  const [row] = await database.query('select id from staff where email = $1', [email]);
  return String(row?.['id']);
}
