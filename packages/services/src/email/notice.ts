import type { LeasedEmail, MailedMessage } from '@tenantry/db/outbox/emails';
import { countText, dayText, moneyText, timeText } from '@tenantry/domain/outbox/figures';
import type { MailedType } from '@tenantry/domain/outbox/mail';
import type { MessageData } from '@tenantry/domain/outbox/messages';
import type { EmailMessage, Emails } from '../ports.ts';
import { type EmailContent, composeEmail } from './compose.ts';
import { quoted, sentence, verbatim } from './sentence.ts';

/** What the e-mail of a message says, besides whom it goes to and what stands at its end. */
type Notice = Omit<EmailContent, 'to' | 'footer' | 'link'> & { link?: { label: string; page: PortalPage } };
type PortalPage = Parameters<Emails['page']>[0];

/** The e-mail of each type of message, for an account of a name. */
type Templates = { [Type in MailedType]: (name: string, data: MessageData[Type]) => Notice };

const byTransfer =
  'If you pay by bank transfer, name the reference as it stands here, so that your payment is found.';
const billing = (label: string) => ({ label, page: 'billing' }) as const;

type InvoiceData = MessageData['invoice.issued'];
const purposes: Readonly<Record<InvoiceData['kind'], string>> = {
  subscription: 'Subscription',
  upgrade: 'Change of plan',
  package: 'Package of credits',
};
const amounts = ({ kind, total, outstanding, dueAt, reference }: InvoiceData): [string, string][] => [
  ['For', purposes[kind]],
  ['Total', moneyText(total)],
  ...(outstanding.amount === total.amount
    ? []
    : [['Left to pay', moneyText(outstanding)] satisfies [string, string]]),
  ['Due', dayText(dueAt)],
  ['Reference', reference],
];

function dueText(daysLate: number): string {
  if (daysLate === 0) return 'is due today';
  const days = `${Math.abs(daysLate)} ${Math.abs(daysLate) === 1 ? 'day' : 'days'}`;
  return daysLate < 0 ? `is due in ${days}` : `is overdue by ${days}`;
}

const templates: Templates = {
  'subscription.trial_ending': (name, { trialEndsAt }) => ({
    subject: sentence`The trial of ${name} ends soon`,
    before: [
      sentence`The trial of ${name} ends on ${verbatim(timeText(trialEndsAt))}.`,
      'Choose a plan to go on without a break. Without one, calls of the account are refused from then on. Its data is kept.',
    ],
    link: billing('Choose a plan'),
  }),
  'invoice.issued': (name, data) => ({
    subject: sentence`Invoice ${verbatim(data.number)} for ${name}`,
    before: [sentence`There is a new invoice for ${name}.`],
    facts: [['Invoice', data.number], ...amounts(data)],
    link: billing('See the invoice'),
    after: [byTransfer],
  }),
  'invoice.reminder': (name, data) => ({
    subject: sentence`Invoice ${verbatim(data.number)} for ${name} ${verbatim(dueText(data.daysLate))}`,
    before: [
      sentence`Invoice ${verbatim(data.number)} for ${name} ${verbatim(dueText(data.daysLate))}.`,
      'If you have paid already, nothing needs to be done: a bank transfer can take some days to arrive.',
    ],
    facts: amounts(data),
    link: billing('Pay the invoice'),
    after: [byTransfer],
  }),
  'invoice.paid': (name, { number, kind, total }) => ({
    subject: sentence`Receipt for invoice ${verbatim(number)} of ${name}`,
    before: [sentence`Thank you. Invoice ${verbatim(number)} of ${name} is paid in full.`],
    facts: [
      ['Invoice', number],
      ['For', purposes[kind]],
      ['Paid', moneyText(total)],
    ],
    link: billing('See the invoice'),
  }),
  'credit_note.issued': (name, { number, invoiceNumber, total }) => ({
    subject: sentence`Credit note ${verbatim(number)} for ${name}`,
    before: [sentence`Money of invoice ${verbatim(invoiceNumber)} of ${name} is sent back to you.`],
    facts: [
      ['Credit note', number],
      ['For invoice', invoiceNumber],
      ['Amount', moneyText(total)],
    ],
    link: billing('See the credit note'),
  }),
  'payment.rejected': (name, { amount, reason }) => ({
    subject: sentence`A payment of ${name} was not accepted`,
    before: [
      sentence`The payment of ${verbatim(moneyText(amount))} for ${name} was not accepted, for this reason: ${quoted(reason, 500)}`,
      'The invoice is still open. Submit the payment again when you have looked into the reason.',
    ],
    link: billing('Submit the payment again'),
  }),
  'payment.proof_asked': (name, { amount, reason }) => ({
    subject: sentence`Please show a proof of a payment of ${name}`,
    before: [
      sentence`We look for the payment of ${verbatim(moneyText(amount))} for ${name}, and ask: ${quoted(reason, 500)}`,
      'The payment goes on waiting. Add a proof to it, such as the receipt of your bank.',
    ],
    link: billing('Add a proof'),
  }),
  'credit.low_balance': (name, { threshold, available }) => ({
    subject: sentence`${name} has few credits left`,
    before: [
      sentence`The available credits of ${name} fell below ${verbatim(countText(threshold))}, the threshold that the account set.`,
      'When no credits are left, calls that cost credits are refused.',
    ],
    facts: [
      ['Available', countText(available)],
      ['Threshold', countText(threshold)],
    ],
    link: { label: 'See the credits', page: 'credits' },
  }),
  'account.suspended': (name) => ({
    subject: sentence`${name} is suspended`,
    before: [
      sentence`The account ${name} is suspended: its calls are refused. Its data, credits and paid time are kept.`,
      'Write to support to learn why, and to have the suspension lifted.',
    ],
  }),
  'webhook_endpoint.disabled': (name, { endpointId, failingSince }) => ({
    subject: sentence`A webhook endpoint of ${name} is disabled`,
    before: [
      sentence`A webhook endpoint of ${name} has accepted no message since ${verbatim(timeText(failingSince))}, and is disabled. Nothing is sent to it any more.`,
      'Enable it when it works again, and have the messages that failed delivered then.',
    ],
    facts: [['Endpoint', endpointId]],
    link: { label: 'See the endpoint', page: 'webhooks' },
  }),
};

/** The e-mail of a message of the outbox. Every name in it is quoted as text. */
export function composeNotice(
  {
    accountId,
    accountName,
    to,
    message,
  }: Pick<LeasedEmail, 'accountId' | 'accountName' | 'message'> & { to: string },
  pageUrl: Emails['page'],
): EmailMessage {
  const { link, ...notice } = noticeOf(accountName, message);
  return composeEmail({
    ...notice,
    to,
    ...(link && { link: { label: link.label, url: pageUrl(link.page, accountId) } }),
    footer: sentence`You get this e-mail because you are an owner or an admin of ${accountName}.`,
  });
}

// Each template takes the data of its own type, which TypeScript does not follow through the union.
function noticeOf(name: string, { topic, payload }: MailedMessage): Notice {
  const template = templates[topic] as (name: string, data: MailedMessage['payload']) => Notice;
  return template(name, payload);
}
