import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

const claim = `insert into trial_claim (user_id, claimed_at) values ($1, $2)
on conflict (user_id) do nothing returning user_id`;

const claimWith = `insert into trial_claim (user_id, claimed_at)
select $1, $2 where exists (select from credit_grant where account_id = $3 and reference = 'registration')
on conflict (user_id) do nothing`;

/** Takes a trial that the account began with for that of a person, who then makes no other account with one. */
export async function claimTrialOfAccount(tx: AccountTransaction, userId: string): Promise<void> {
  await rows(tx, claimWith, [userId, tx.now.toISOString(), tx.accountId]);
}

/** Claims the one trial of a person; false when they had it. Claims of one person wait for each other. */
export async function claimTrial(tx: AccountTransaction, userId: string): Promise<boolean> {
  return (await rows(tx, claim, [userId, tx.now.toISOString()])).length === 1;
}
