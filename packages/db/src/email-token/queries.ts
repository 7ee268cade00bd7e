import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { type EmailPurpose, EmailToken } from './entity.ts';

const end = 'update email_token set used_at = $1 where user_id = $2 and purpose = $3 and used_at is null';
const use = `update email_token set used_at = $1 where id = $2 and used_at is null and expires_at > $1 returning id`;

/** Writes a new token of a user and ends the earlier ones for the same purpose. */
export function replaceEmailToken(
  database: Database,
  token: { userId: string; purpose: EmailPurpose; tokenDigest: string; expiresAt: Date },
  now: Date,
): Promise<void> {
  return database.withoutAccount.write({ userId: token.userId }, async (tx) => {
    await rows(tx, end, [now.toISOString(), token.userId, token.purpose]);
    await tx.em.insert(EmailToken, { id: newId(), createdAt: now, ...token });
  });
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
