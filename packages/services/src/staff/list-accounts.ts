import type { SearchAccountsInput } from '@tenantry/contract/staff-account';
import { searchAccounts } from '@tenantry/db/staff/accounts';
import { searchTermsOf } from '@tenantry/domain/search/terms';
import type { DirectoryContext } from '../context.ts';

/** The accounts of the operator that a text names and a filter leaves; a blank text leaves all. */
export function listAccountsForStaff(
  { database, now }: DirectoryContext,
  { q, ...filter }: SearchAccountsInput,
) {
  const terms = q === undefined ? undefined : searchTermsOf(q);
  return database.withoutAccount.read({}, (tx) => searchAccounts(tx, { ...filter, terms }, now));
}
