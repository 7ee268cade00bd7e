import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

const claim = `insert into trial_claim (user_id, claimed_at) values ($1, $2)
on conflict (user_id) do nothing returning user_id`;

/** Claims the one trial of a person; false when they had it. Claims of one person wait for each other. */
export async function claimTrial(tx: AccountTransaction, userId: string): Promise<boolean> {
  return (await rows(tx, claim, [userId, tx.now.toISOString()])).length === 1;
}
