import type { InvoiceKind } from '../invoice/status.ts';
import type { Money } from '../money.ts';
import type { Role } from '../permissions.ts';

/** The version of the form of a message. Fields are added to it; a field that changes or goes makes the next version. */
export const messageVersion = 1;

/** What every message of an invoice names. */
interface InvoiceData {
  invoiceId: string;
  number: string;
  kind: InvoiceKind;
  total: Money;
}

/** An invoice that has to be paid. */
interface OpenInvoiceData extends InvoiceData {
  /** What is left to pay. */
  outstanding: Money;
  /** The reference that a bank transfer names. */
  reference: string;
  dueAt: string;
}

interface PaymentData {
  paymentId: string;
  invoiceId: string;
  amount: Money;
}

interface PeriodData {
  plan: string;
  periodStart: string;
  periodEnd: string;
}

/**
 * The closed list of outbox messages, each with its data as consumers get it. A field is added and never changed: times are
 * RFC 3339 in UTC, money is in minor units, and no field holds a secret or anything of another account. A new type is added
 * here, to `messageMeanings`, and with its schema to `packages/contract/src/webhook-message.ts`.
 */
export interface MessageData {
  /** The owner is null in an account without members. */
  'account.registered': { plan: string; userId: string | null };
  'account.suspended': Record<never, never>;
  'account.reactivated': Record<never, never>;
  'account.closed': Record<never, never>;
  'member.joined': { userId: string; role: Role };
  'credit.low_balance': { threshold: number; available: number };
  /** A negative amount took credits. */
  'credit.adjusted': { entryId: string; amount: number };
  'credit.reversed': { entryId: string; reversesId: string; amount: number };
  'credit.purchased': { invoiceId: string; credits: number };
  'invoice.issued': OpenInvoiceData;
  /** `daysLate` is negative before the due date. */
  'invoice.reminder': OpenInvoiceData & { daysLate: number };
  'invoice.partially_paid': OpenInvoiceData;
  'invoice.paid': InvoiceData;
  'invoice.voided': { invoiceId: string; reason: 'cancelled' | 'superseded' | 'voided' };
  /** A part of a paid invoice, or all of it, was sent back. */
  'credit_note.issued': {
    creditNoteId: string;
    number: string;
    invoiceId: string;
    invoiceNumber: string;
    paymentId: string;
    total: Money;
  };
  'payment.submitted': PaymentData;
  'payment.succeeded': PaymentData;
  'payment.rejected': PaymentData & { reason: string };
  'payment.proof_asked': PaymentData & { reason: string };
  'payment.returned': PaymentData;
  'payment.refunded': PaymentData;
  'subscription.trial_ending': { plan: string; trialEndsAt: string };
  'subscription.activated': PeriodData;
  'subscription.renewed': PeriodData;
  'subscription.changed': PeriodData & { previousPlan: string };
  'subscription.cancel_scheduled': { plan: string; endsAt: string };
  'subscription.resumed': { plan: string };
  'subscription.extended': { plan: string; kind: 'trial' | 'grace'; until: string };
  'subscription.past_due': { plan: string; graceEndsAt: string };
  'subscription.ended': {
    plan: string;
    reason: 'trial_expired' | 'payment_overdue' | 'subscription_cancelled' | 'subscription_expired';
  };
  'webhook_endpoint.test': { endpointId: string };
  'webhook_endpoint.disabled': { endpointId: string; failingSince: string };
}
export type MessageType = keyof MessageData;

/** When each message is sent, as a sentence of the pages. */
export const messageMeanings: Readonly<Record<MessageType, string>> = {
  'account.registered': 'The account was made.',
  'account.suspended': 'The operator suspended the account.',
  'account.reactivated': 'The operator lifted the suspension.',
  'account.closed': 'The account was closed.',
  'member.joined': 'A person accepted an invitation.',
  'credit.low_balance': 'The available credits fell below a threshold that the account set.',
  'credit.adjusted': 'The operator gave or took credits.',
  'credit.reversed': 'The operator refunded a charge.',
  'credit.purchased': 'A paid package of credits was granted.',
  'invoice.issued': 'An invoice was issued.',
  'invoice.reminder': 'An invoice is due soon, or is due and not paid.',
  'invoice.partially_paid': 'A payment covered a part of an invoice.',
  'invoice.paid': 'An invoice is paid in full.',
  'invoice.voided': 'An open invoice was cancelled and must not be paid.',
  'credit_note.issued': 'Money of a paid invoice was sent back, and a credit note says so.',
  'payment.submitted': 'The account said that it sent money.',
  'payment.succeeded': 'Money has arrived and is booked.',
  'payment.rejected': 'The operator rejected a payment, for the given reason.',
  'payment.proof_asked': 'The operator asks for a proof of a payment, which goes on waiting.',
  'payment.returned': 'The bank took a booked payment back.',
  'payment.refunded': 'Money of a payment was sent back.',
  'subscription.trial_ending': 'The trial ends soon.',
  'subscription.activated': 'The first paid period began.',
  'subscription.renewed': 'The next paid period began.',
  'subscription.changed': 'Another plan took effect.',
  'subscription.cancel_scheduled': 'The subscription ends when the paid time is over.',
  'subscription.resumed': 'A cancellation was taken back.',
  'subscription.extended': 'The operator made the trial or the grace time longer.',
  'subscription.past_due': 'The paid time is over, and the grace time runs.',
  'subscription.ended': 'The subscription no longer gives access, for the given reason.',
  'webhook_endpoint.test': 'Somebody asked for a test of a webhook endpoint. Only that endpoint gets it.',
  'webhook_endpoint.disabled': 'A webhook endpoint failed for so long that nothing is sent to it any more.',
};

/** Every type of message, in the order of the list. */
export const messageTypes: readonly MessageType[] = typesOf(messageMeanings);

// The keys of an object literal are its own; TypeScript knows them only as texts.
function typesOf<Type extends string>(meanings: Readonly<Record<Type, string>>): readonly Type[] {
  return Object.keys(meanings) as Type[];
}
