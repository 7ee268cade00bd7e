import {
  type LeasedEmail,
  endEmail,
  markCounted,
  postponeEmail,
  takeEmails,
} from '@tenantry/db/outbox/emails';
import type { Transaction } from '@tenantry/db/transaction';
import { nextAttempt } from '@tenantry/domain/outbox/retry';
import { countEmail, countSandboxEmail } from '../email/count.ts';
import { composeNotice } from '../email/notice.ts';
import { leaseSeconds } from './deliver.ts';
import type { MailContext } from './context.ts';

/** How many e-mails a process sends at a time. */
const emailsMax = 4;

/** Takes the e-mails that are due and sends them; answers how many there were. `onFault` is told of each that failed. */
export async function mailOutbox(context: MailContext, onFault: (fault: unknown) => void): Promise<number> {
  const { database, clock, failpoint } = context;
  const taken = await database.withoutAccount.write({}, (tx) =>
    takeEmails(tx, { now: clock(), leaseSeconds, emailsMax }),
  );
  if (taken.length > 0) await failpoint('mail_claimed');
  await Promise.all(taken.map((email) => mailOne(context, email).catch(onFault)));
  return taken.length;
}

async function mailOne(context: MailContext, email: LeasedEmail): Promise<void> {
  const { clock, emails, random, failpoint } = context;
  const write = (work: (tx: Transaction) => Promise<void>) => context.database.withoutAccount.write({}, work);
  if (email.email === null) {
    await write((tx) => endEmail(tx, email, { status: 'skipped', attempts: 0, now: clock() }));
    return;
  }
  const to = email.email;
  if (!(await isAllowed(context, email, to))) return;
  await failpoint('mail_counted');
  try {
    await emails.send({
      ...composeNotice({ ...email, to }, emails.page),
      messageId: `${email.messageId}.${email.userId}`,
    });
  } catch (fault) {
    const { since } = email;
    const attempts = email.attempts + 1;
    const until = isPermanent(fault)
      ? undefined
      : nextAttempt({ attempts, since, now: clock(), random: random() });
    await write((tx) =>
      until === undefined
        ? endEmail(tx, email, { status: 'failed', attempts: 1, now: clock() })
        : postponeEmail(tx, email, { until, attempts: 1 }),
    );
    throw fault;
  }
  await failpoint('mail_sent');
  await write((tx) => endEmail(tx, email, { status: 'sent', attempts: 1, now: clock() }));
  await failpoint('mail_recorded');
}

/** Counts an e-mail for its mailbox, once. One above the bound is put off until it may be sent. */
async function isAllowed(context: MailContext, email: LeasedEmail, to: string): Promise<boolean> {
  if (email.isCounted) return true;
  const { database, clock } = context;
  const now = clock();
  const full = await database.withoutAccount.write({}, async (tx) => {
    const refusal = await countFor(tx, { context, email, to, now });
    if (refusal === undefined) await markCounted(tx, email);
    return refusal;
  });
  if (full === undefined) return true;
  const until = new Date(now.getTime() + (full.facts.retryAfterSeconds ?? 1) * 1000);
  await database.withoutAccount.write({}, (tx) => postponeEmail(tx, email, { until, attempts: 0 }));
  return false;
}

/** Where a sandbox is concerned, the time is that of its message, and goes on from there while the e-mail waits. */
function countFor(
  tx: Transaction,
  { context, email, to, now }: { context: MailContext; email: LeasedEmail; to: string; now: Date },
) {
  const { accountId, at, since, isSandbox } = email;
  const counted = { kind: email.message.topic, email: to };
  const call = { identity: { digestText: context.digestText }, now };
  if (!isSandbox) return countEmail(tx, counted, call);
  const time = new Date(at.getTime() + Math.max(0, now.getTime() - since.getTime()));
  return countSandboxEmail(tx, { ...counted, accountId, at: time }, call);
}

/** Whether the server of the recipient said that it never takes an e-mail to them. */
function isPermanent(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'isPermanent' in fault && fault.isPermanent === true;
}
