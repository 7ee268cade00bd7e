import type { PageInput } from '@tenantry/contract/page';
import type { ResendEmailInput } from '@tenantry/contract/staff-email';
import { findAccountEmail, listAccountEmails, queueEmailAgain } from '@tenantry/db/outbox/account-emails';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** The e-mails that the account's owners and admins were sent about it, newest first. */
export function listEmailsForStaff({ tx }: Context, input: PageInput) {
  return listAccountEmails(tx, input);
}

/**
 * Puts an e-mail in the queue of the mail server once more: the same text, to whatever address the person has now. It
 * counts for their mailbox, so that nobody is flooded. One that waits stays as it is. Refuses `not_found`.
 */
export async function resendEmail({ tx }: Context, { emailId }: ResendEmailInput) {
  if ((await findAccountEmail(tx, emailId)) === undefined) return refuse('not_found');
  await queueEmailAgain(tx, emailId);
  return (await findAccountEmail(tx, emailId)) ?? refuse('not_found');
}
