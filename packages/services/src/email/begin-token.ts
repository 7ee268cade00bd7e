import type { EmailPurpose } from '@tenantry/db/email-token/entity';
import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { lockUser } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Identity } from '../ports.ts';
import { countEmail } from './count.ts';

/** A token that is about to be mailed to the address of a person. */
export interface MailedToken {
  user: { id: string; email: string; emailDigest: string };
  purpose: EmailPurpose;
  tokenDigest: string;
  expiresAt: Date;
}

/**
 * Writes the token of an e-mail that is about to be sent; an earlier link of the person for the same purpose stops
 * working. Refuses `conflict` when the address is no longer theirs, and `throttled` above the bound of the mailbox.
 */
export async function beginEmailToken(
  tx: Transaction,
  { user, purpose, tokenDigest, expiresAt }: MailedToken,
  context: { identity: Pick<Identity, 'digestText'>; now: Date },
): Promise<Refusal<'conflict' | 'throttled'> | undefined> {
  const locked = await lockUser(tx, user.id);
  if (locked?.emailDigest !== user.emailDigest) return refuse('conflict');
  const full = await countEmail(tx, { kind: purpose, email: user.email }, context);
  if (full !== undefined) return full;
  await replaceEmailToken(tx, { userId: user.id, purpose, tokenDigest, expiresAt }, context.now);
  return undefined;
}
