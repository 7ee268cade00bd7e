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

/** How many e-mails a real day all sandboxes together send to a mailbox, and one sandbox to all of its mailboxes. */
const sandboxBound = { emailsMax: 200, windowSeconds: 86_400 };

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

/**
 * Counts an e-mail of a sandbox, whose clock may be moved: three of a kind within an hour of the account's own time `at`,
 * so that all e-mails of a year are sent, and a bound for each real day, so that a clock sends no masses. Nothing that a
 * sandbox sends counts for other accounts. Refuses `throttled` with the time until the next one; the caller rolls back.
 */
export async function countSandboxEmail(
  tx: Transaction,
  { kind, email, accountId, at }: { kind: EmailKind; email: string; accountId: string; at: Date },
  { identity, now }: { identity: Pick<Identity, 'digestText'>; now: Date },
): Promise<Refusal<'throttled'> | undefined> {
  const mailbox = mailboxOf(email);
  const counts = [
    { text: `sandbox ${accountId}`, counted: sandboxBound, time: now },
    { text: `sandboxes ${mailbox}`, counted: sandboxBound, time: now },
    { text: `sandbox ${accountId} ${kind} ${mailbox}`, counted: bound, time: at },
  ];
  for (const { text, counted, time } of counts) {
    const freeAt = await takeEmailAllowance(tx, identity.digestText(text), counted, time);
    if (freeAt !== undefined) return refuse('throttled', { retryAfterSeconds: secondsUntil(freeAt, time) });
  }
  return undefined;
}
