import { newId } from '@tenantry/db/ids';
import type { CallInfo } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { openIdentity } from '@tenantry/identity/port';
import { makeAccount } from '@tenantry/services/registration/create';
import type { TestDatabase } from '../database.ts';
import { addGrant } from './grants.ts';
import type { KeyedLedgerCall } from './ledger-request.ts';
import { type Model, emptyModel } from './model.ts';
import { trial } from './plans.ts';

/** An account in the database, with its model. */
export interface Account {
  id: string;
  model: Model;
  /** The model after each step, for reads of the past. */
  history: Model[];
  /** The calls with an Idempotency-Key so far. */
  keyedCalls: KeyedLedgerCall[];
}

// Nobody signs in with the password, so its hash need not take the time that a real one takes.
const identity = {
  ...openIdentity({
    tokens: { secret: 's', issuer: 'i', audience: 'a' },
    apiKeyPepper: 'p'.repeat(32),
    secondFactorKeys: [],
  }),
  hashPassword: () => Promise.resolve('none'),
};
const insertSites = `insert into site (account_id, id, name, created_at) values ($1, $2, 'A', now()), ($1, $3, 'B', now())`;

/** Registers an account with a trial, and gives it two sites. */
export async function openAccount(database: TestDatabase, callInfo: CallInfo): Promise<Account> {
  const input = { email: `${newId()}@model.test`, password: 'unused', accountName: 'Model' };
  const registered = await makeAccount({ database: database.api, identity, ...callInfo }, input);
  if (isRefusal(registered)) throw new Error(`The registration was refused: ${registered.refused}.`);
  const { id } = registered.account;
  const sites = [newId(), newId()] as const;
  await database.query(insertSites, [id, ...sites]);
  const [seed] = await database.query('select id from credit_grant where account_id = $1', [id]);
  const model = emptyModel(callInfo.now.getTime(), sites);
  const endsAt = model.now + trial.days * 86_400_000;
  addGrant(model, { id: String(seed?.['id']), kind: 'plan', amount: trial.credits, endsAt });
  return { id, model, history: [], keyedCalls: [] };
}
