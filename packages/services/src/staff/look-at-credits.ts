import type { StaffCreditsInput, StaffEntriesInput, StaffEntryInput } from '@tenantry/contract/staff-credit';
import { accountExists } from '@tenantry/db/account/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { explainEntry } from '../credit/explain.ts';
import { getCreditsAt } from '../credit/get.ts';
import { listEntries } from '../credit/list-entries.ts';
import type { Flow } from '../ports.ts';

/** Runs what an account may ask of its credits for staff, in a transaction of that account. Refuses `not_found`. */
function inAccount<Input extends { accountId: string }, T>(
  ask: (tx: AccountTransaction, input: Input) => Promise<T>,
) {
  return ({ database, callInfo }: Flow, input: Input): Promise<T | Refusal> => {
    const { accountId } = input;
    return database.inAccount.read<T | Refusal>({ accountId }, callInfo, async (tx) =>
      !(await accountExists(tx)) ? refuse('not_found') : ask(tx, input),
    );
  };
}

/** An account's credits, now or at a time. */
export const getCreditsForStaff = inAccount((tx, input: StaffCreditsInput) => getCreditsAt(tx, input));

/** An account's journal, newest first. */
export const listEntriesForStaff = inAccount((tx, input: StaffEntriesInput) => listEntries(tx, input));

/** Why an entry of an account was made. */
export const explainEntryForStaff = inAccount((tx, input: StaffEntryInput) => explainEntry(tx, input));
