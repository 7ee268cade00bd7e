import type { Role } from '@tenantry/domain/permissions';
import type { TestDatabase } from './database.ts';

/** A membership to add; `siteIds` limits the member to those sites. */
export interface NewMembership {
  accountId: string;
  userId: string;
  role: Role;
  siteIds?: readonly string[];
}

/** Adds a membership by SQL, without the checks of the API, and lists it in the directory as the API does. */
export async function addMembership(
  database: TestDatabase,
  { accountId, userId, role, siteIds }: NewMembership,
): Promise<void> {
  const sites = siteIds === undefined ? null : JSON.stringify(siteIds);
  await database.query(
    `with added as (insert into membership (account_id, user_id, role, site_ids, created_at)
      values ($1, $2, $3, $4, now()) returning user_id, account_id)
    insert into membership_directory (user_id, account_id) select user_id, account_id from added`,
    [accountId, userId, role, sites],
  );
}

/** Deletes every membership of an account by SQL, also that of its last owner. */
export async function endMemberships(database: TestDatabase, accountId: string): Promise<void> {
  await database.query('delete from membership_directory where account_id = $1', [accountId]);
  await database.query('delete from membership where account_id = $1', [accountId]);
}
