import { Account } from '@tenantry/db/account/entity';
import type { Records } from '@tenantry/db/transact';
import type { PageInput } from '@tenantry/db/page';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { explainEntry } from '../credit/explain.ts';
import { getCreditsAt } from '../credit/get.ts';
import { listEntries } from '../credit/list-entries.ts';
import type { Flow } from '../ports.ts';

/** Runs what an account may ask of its credits for staff, in a transaction of that account. Refuses `not_found`. */
function inAccount<Input extends { accountId: string }, T>(
  ask: (records: Records, input: Input) => Promise<T>,
) {
  return ({ database, deed }: Flow, input: Input): Promise<T | Refusal> => {
    const { accountId } = input;
    return database.transact<T | Refusal>({ accountId }, deed, async (records) =>
      (await records.em.count(Account, { id: accountId })) === 0 ? refuse('not_found') : ask(records, input),
    );
  };
}

interface Named {
  accountId: string;
}

/** An account's credits, now or at a time. */
export const getCreditsForStaff = inAccount((records, input: Named & { at?: string | undefined }) =>
  getCreditsAt(records, input),
);

/** An account's journal, newest first. */
export const listEntriesForStaff = inAccount((records, input: Named & PageInput) =>
  listEntries(records, input),
);

/** Why an entry of an account was made. */
export const explainEntryForStaff = inAccount((records, input: Named & { entryId: string }) =>
  explainEntry(records, input),
);
