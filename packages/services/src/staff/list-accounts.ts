import type { SearchAccountsInput } from '@tenantry/contract/staff-account';
import { searchAccounts } from '@tenantry/db/staff/queries';
import type { DirectoryContext } from '../context.ts';

/** The accounts of the operator, newest first, or those whose name contains a text. */
export function listAccountsForStaff({ database, now }: DirectoryContext, input: SearchAccountsInput) {
  return database.withoutAccount.read({}, (tx) => searchAccounts(tx, input, now));
}
