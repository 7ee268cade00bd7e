import { newId } from '@tenantry/db/ids';
import { type Ledger, openLedger } from '@tenantry/ledger/group-commit';
import { openOrm } from '@tenantry/db/orm';
import { insertStaff } from '@tenantry/db/seed';
import {
  type Database,
  type CallInfo,
  type AccountTransaction,
  openDatabase,
} from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { openIdentity } from '@tenantry/identity/port';
import { register } from '@tenantry/services/registration/create';
import { type TestDatabase, openTestDatabase } from '../database.ts';
import type { LedgerRequest } from './lane-tasks.ts';
import { type Model, emptyModel, grant } from './model.ts';
import { type Observe, openEye } from './observe.ts';

/** Plans that only the model sells: by the month, by the year, and one without credits. */
export const plans = [
  {
    id: '0198f000-0000-7000-8000-00000000a001',
    slug: 'model-month',
    cycle: 'monthly',
    credits: 300,
    rolloverMax: 0,
  },
  {
    id: '0198f000-0000-7000-8000-00000000a002',
    slug: 'model-year',
    cycle: 'annual',
    credits: 1200,
    rolloverMax: 500,
  },
  {
    id: '0198f000-0000-7000-8000-00000000a003',
    slug: 'model-bare',
    cycle: 'monthly',
    credits: 0,
    rolloverMax: 70,
  },
] as const;
const trial = { id: '0198f000-0000-7000-8000-000000000001', credits: 1000n, days: 14 };

/** Every run begins here, at the end of a long month. */
export const beginning = Date.UTC(2026, 0, 30, 12);

/** An account on the stage, with what the model knows of it. */
export interface Account {
  id: string;
  model: Model;
  /** The model after each command, for whoever looks back. */
  history: Model[];
  /** What was asked with an Idempotency-Key. */
  asked: LedgerRequest[];
}

/** The real thing: services and ledger of two processes on one database, and the clock that they share. */
export interface Stage {
  database: TestDatabase;
  ledger: readonly [Ledger, Ledger];
  worker: Database;
  observe: Observe;
  clock: { now: number };
  callInfo(): CallInfo;
  /** What staff do, now. */
  staffChange(): CallInfo;
  /** Runs a callInfo of another noun on an account, as the API does, or as staff do in the admin app. */
  transact<T>(
    app: 'api' | 'admin',
    accountId: string,
    work: (tx: AccountTransaction) => Promise<T>,
  ): Promise<T>;
  /** Registers an account with a trial and two sites. */
  openAccount(): Promise<Account>;
  close(): Promise<void>;
}

/** Opens a stage on a database of its own. */
export async function openStage(): Promise<Stage> {
  const database = await openTestDatabase();
  for (const { id, slug, cycle, credits, rolloverMax } of plans)
    await database.query(
      `insert into plan (id, slug, plan_version, name, state, price_amount, currency, cycle, included_credits, users_max,
        sites_max, sectors_per_site_max, api_keys_max, throttle_rates, rollover_credits_max)
        select $1, $2, 1, $2, 'listed', 100, 'USD', $3, $4, 1, 2, 1, 1, throttle_rates, $5 from plan where slug = 'trial'`,
      [id, slug, cycle, credits, rolloverMax],
    );
  const clock = { now: beginning };
  const now = () => new Date(clock.now);
  const faults: Error[] = [];
  const open = () =>
    openLedger(database.url('tenantry_api'), {
      connectionsMax: 3,
      clock: now,
      onFault: (fault) => faults.push(fault),
    });
  const ledger = [open(), open()] as const;
  const worker = openDatabase(await openOrm(database.url('tenantry_worker'), 2));
  const callInfo = (): CallInfo => ({
    actor: { kind: 'system', job: 'model' },
    requestId: 'model',
    now: now(),
  });
  const staffId = await hireStaff(database);
  const staff = { kind: 'staff', staffId, role: 'finance', sessionId: staffId } as const;
  const eye = await openEye(database.url('postgres'));
  return {
    database,
    ledger,
    worker,
    observe: eye.observe,
    clock,
    callInfo,
    staffChange: () => ({ ...callInfo(), actor: staff }),
    transact: (app, accountId, work) => database[app].inAccount.write({ accountId }, callInfo(), work),
    openAccount: () => openAccount(database, callInfo()),
    close: async () => {
      await Promise.all(ledger.map((one) => one.close()));
      await Promise.all([worker.close(), eye.close()]);
      await database.close();
    },
  };
}

async function hireStaff(database: TestDatabase): Promise<string> {
  const email = 'finance@model.test';
  const one = { email, emailDigest: email, role: 'finance', passwordHash: 'none' } as const;
  await insertStaff(database.url('tenantry_owner'), [one], new Date(beginning));
  const [row] = await database.query('select id from staff where email = $1', [email]);
  return String(row?.['id']);
}

// The hash of a password that nobody enters need not take its time.
const identity = {
  ...openIdentity({ tokens: { secret: 's', issuer: 'i', audience: 'a' }, apiKeyPepper: 'p'.repeat(32) }),
  hashPassword: () => Promise.resolve('none'),
};
const insertSites = `insert into site (account_id, id, name, created_at) values ($1, $2, 'A', now()), ($1, $3, 'B', now())`;

async function openAccount(database: TestDatabase, callInfo: CallInfo): Promise<Account> {
  const input = { email: `${newId()}@model.test`, password: 'unused', accountName: 'Model' };
  const registered = await register({ database: database.api, callInfo }, identity, input);
  if (isRefusal(registered)) throw new Error(`registration was refused: ${registered.refused}`);
  const { id } = registered.account;
  const sites = [newId(), newId()] as const;
  await database.query(insertSites, [id, ...sites]);
  const [seed] = await database.query('select id from credit_grant where account_id = $1', [id]);
  const model = emptyModel(callInfo.now.getTime(), sites, trial.id);
  const endsAt = model.now + trial.days * 86_400_000;
  grant(model, { id: String(seed?.['id']), kind: 'plan', amount: trial.credits, endsAt });
  return { id, model, history: [], asked: [] };
}
