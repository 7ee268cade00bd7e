import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { type EmailPurpose, EmailToken } from './entity.ts';

const end =
  'update email_token set used_at = $1 where user_id = $2 and purpose = any($3::text[]) and used_at is null';
const use = `update email_token set used_at = $1 where id = $2 and used_at is null and expires_at > $1 returning id`;

/** A token that is about to be mailed. */
export type NewEmailToken = Pick<EmailToken, 'userId' | 'purpose' | 'tokenDigest' | 'expiresAt'> &
  Partial<Pick<EmailToken, 'newEmail' | 'newEmailDigest'>>;

/** Writes a new token of a user who is locked, and ends the earlier ones for the same purpose. */
export async function replaceEmailToken(tx: Transaction, token: NewEmailToken, now: Date): Promise<void> {
  await endEmailTokens(tx, token.userId, [token.purpose], now);
  await tx.em.insert(EmailToken, { id: newId(), createdAt: now, ...token });
}

/** Ends the tokens of a user for some purposes that were not used. */
export async function endEmailTokens(
  tx: Transaction,
  userId: string,
  purposes: readonly EmailPurpose[],
  now: Date,
): Promise<void> {
  await rows(tx, end, [now.toISOString(), userId, purposes]);
}

/** The token of a presented digest that is good at `now`, or null. */
export function findEmailToken(
  database: Database,
  tokenDigest: string,
  purpose: EmailPurpose,
  now: Date,
): Promise<EmailToken | null> {
  return database.withoutAccount.read({ presented: tokenDigest }, ({ em }) =>
    em.findOne(EmailToken, { tokenDigest, purpose, usedAt: null, expiresAt: { $gt: now } }),
  );
}

/** Uses a token up; false when another call was faster. */
export async function useEmailToken(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const used = await rows(tx, use, [now.toISOString(), id]);
  return used.length === 1;
}
