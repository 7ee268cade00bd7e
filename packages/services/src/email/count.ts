import type { EmailPurpose } from '@tenantry/db/email-token/entity';
import { takeEmailAllowance } from '@tenantry/db/email-bound/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { mailboxOf } from '@tenantry/domain/email';
import type { MailedType } from '@tenantry/domain/outbox/mail';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { secondsUntil } from '@tenantry/domain/time';
import type { Identity } from '../ports.ts';

/** The kinds of e-mails that anybody can have sent to an address, and those of the outbox; each is bounded by itself. */
export type EmailKind = EmailPurpose | 'email_change_notice' | 'invitation' | MailedType;

/** How many e-mails of one kind a mailbox gets within how long. */
const bound = { emailsMax: 3, windowSeconds: 3600 };

/**
 * Counts an e-mail that the transaction is about to have sent. Refuses `throttled`, with the time until the next one,
 * when the mailbox got three of the kind within the last hour. An address with a tag counts for its mailbox.
 */
export async function countEmail(
  tx: Transaction,
  { kind, email }: { kind: EmailKind; email: string },
  { identity, now }: { identity: Pick<Identity, 'digestText'>; now: Date },
): Promise<Refusal<'throttled'> | undefined> {
  const key = identity.digestText(`${kind} ${mailboxOf(email)}`);
  const freeAt = await takeEmailAllowance(tx, key, bound, now);
  return freeAt && refuse('throttled', { retryAfterSeconds: secondsUntil(freeAt, now) });
}
