import type { ListMoneyEntriesInput } from '@tenantry/contract/money-entry';
import { listMoneyEntries as findMoneyEntries } from '@tenantry/db/billing/journal';
import type { Context } from '../context.ts';

/** The journal of the account's money, newest first, each entry with the balance of its currency after it. */
export function listMoneyEntries({ tx }: Context, input: ListMoneyEntriesInput) {
  return findMoneyEntries(tx, input);
}
