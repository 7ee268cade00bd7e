import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { type SecondFactor, type SecondFactorStore, secondFactorStore } from './store.ts';

/** The second factors of users. */
export const userFactors: SecondFactorStore = secondFactorStore({
  factor: 'second_factor',
  code: 'recovery_code',
  owner: 'user_id',
  alsoConfirmed: ', address_confirmed = (select email_verified_at is not null from app_user where id = $2)',
});

/** The second factors of staff. Only the admin role sees them. */
export const staffFactors: SecondFactorStore = secondFactorStore({
  factor: 'staff_second_factor',
  code: 'staff_recovery_code',
  owner: 'staff_id',
});

/** The second factor of a user, or undefined. */
export function findSecondFactor(database: Database, userId: string): Promise<SecondFactor | undefined> {
  return database.withoutAccount.read({ userId }, (tx) => userFactors.read(tx, userId));
}

/** What a user is told of their confirmed second factor; null without one. */
export function describeSecondFactor(
  database: Database,
  userId: string,
): ReturnType<SecondFactorStore['describe']> {
  return database.withoutAccount.read({ userId }, (tx) => userFactors.describe(tx, userId));
}

const isUnproven =
  'select 1 as unproven from second_factor where user_id = $1 and (confirmed_at is null or not address_confirmed)';

/**
 * Removes a second factor that was not confirmed, or was set up before the address of its user was: whoever set it up
 * may not have been the owner of that mailbox.
 */
export async function endUnprovenSecondFactor(tx: Transaction, userId: string): Promise<void> {
  if ((await rows(tx, isUnproven, [userId])).length > 0) await userFactors.remove(tx, userId);
}
