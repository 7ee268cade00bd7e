import {
  type MessageData,
  type MessageType,
  messageMeanings,
  messageTypes,
  messageVersion,
} from '@tenantry/domain/outbox/messages';
import { invoiceVoidReasons } from '@tenantry/domain/invoice/status';
import { z } from 'zod';
import { credits, role, signedCredits, time, uuid } from './fields.ts';
import { money } from './money.ts';

const invoice = z.strictObject({
  invoiceId: uuid.describe('The invoice.'),
  number: z.string().describe('Its number.'),
  kind: z.enum(['subscription', 'upgrade', 'package']).describe('What it asks money for.'),
  total: money.describe('Its total.'),
});
const openInvoice = invoice.extend({
  outstanding: money.describe('What is left to pay.'),
  reference: z.string().describe('The reference that a bank transfer names.'),
  dueAt: time.describe('When it is due.'),
});
const payment = z.strictObject({
  paymentId: uuid.describe('The payment.'),
  invoiceId: uuid.describe('The invoice that it is for.'),
  amount: money.describe('The money.'),
});
const plan = z.string().describe('The slug of the plan.');
const ofPlan = z.strictObject({ plan });
const period = z.strictObject({
  plan,
  periodStart: time.describe('When the paid period begins.'),
  periodEnd: time.describe('When it ends.'),
});
const endpoint = z.strictObject({ endpointId: uuid.describe('The webhook endpoint.') });
const entryId = uuid.describe('The entry of the ledger.');
const nothing = z.strictObject({});

/** The schema of the data of each type of message. */
const dataSchemas = {
  'account.registered': z.strictObject({
    plan,
    userId: uuid.nullable().describe('The owner; null for an account without members.'),
  }),
  'account.suspended': nothing,
  'account.reactivated': nothing,
  'account.closed': nothing,
  'member.joined': z.strictObject({
    userId: uuid.describe('The person.'),
    role: role.describe('Their role.'),
  }),
  'credit.low_balance': z.strictObject({
    threshold: credits.describe('The threshold of the account.'),
    available: credits.describe('The credits that were available then.'),
  }),
  'credit.adjusted': z.strictObject({
    entryId,
    amount: signedCredits.describe('The credits; a negative amount took them.'),
  }),
  'credit.reversed': z.strictObject({
    entryId,
    reversesId: uuid.describe('The entry of the charge.'),
    amount: credits.describe('The credits that were given back.'),
  }),
  'credit.purchased': z.strictObject({
    invoiceId: uuid.describe('The paid invoice.'),
    credits: credits.describe('The credits of the package.'),
  }),
  'invoice.issued': openInvoice,
  'invoice.reminder': openInvoice.extend({
    daysLate: z.int().min(-366).max(3660).describe('Days since the due date; negative before it.'),
  }),
  'invoice.partially_paid': openInvoice,
  'invoice.paid': invoice,
  'invoice.voided': z.strictObject({
    invoiceId: uuid.describe('The invoice.'),
    reason: z.enum(invoiceVoidReasons).describe('Why.'),
  }),
  'credit_note.issued': z.strictObject({
    creditNoteId: uuid.describe('The credit note.'),
    number: z.string().describe('Its number.'),
    invoiceId: uuid.describe('The invoice of which money was sent back.'),
    invoiceNumber: z.string().describe('The number of that invoice.'),
    paymentId: uuid.describe('The payment that was refunded.'),
    total: money.describe('What was sent back of the invoice.'),
  }),
  'payment.submitted': payment,
  'payment.succeeded': payment,
  'payment.rejected': payment.extend({ reason: z.string().describe('The reason that the operator gave.') }),
  'payment.proof_asked': payment.extend({ reason: z.string().describe('What the operator asks for.') }),
  'payment.returned': payment,
  'payment.refunded': payment,
  'subscription.trial_ending': ofPlan.extend({ trialEndsAt: time.describe('When the trial ends.') }),
  'subscription.activated': period,
  'subscription.renewed': period,
  'subscription.changed': period.extend({
    previousPlan: z.string().describe('The slug of the plan before.'),
  }),
  'subscription.cancel_scheduled': ofPlan.extend({ endsAt: time.describe('When access ends.') }),
  'subscription.resumed': ofPlan,
  'subscription.extended': ofPlan.extend({
    kind: z.enum(['trial', 'grace']).describe('What is longer.'),
    until: time.describe('When it ends.'),
  }),
  'subscription.past_due': ofPlan.extend({
    graceEndsAt: time.describe('When access ends without a payment.'),
  }),
  'subscription.ended': ofPlan.extend({
    reason: z
      .enum(['trial_expired', 'payment_overdue', 'subscription_cancelled', 'subscription_expired'])
      .describe('Why, as the code that calls are refused with.'),
  }),
  'webhook_endpoint.test': endpoint,
  'webhook_endpoint.disabled': endpoint.extend({
    failingSince: time.describe('Since when every attempt failed.'),
  }),
} satisfies { [Type in MessageType]: z.ZodType<MessageData[Type]> };

/** What stands around the data of every message. */
const envelope = {
  version: z.literal(messageVersion).describe('The version of this form.'),
  timestamp: time.describe('When it happened.'),
  accountId: uuid.describe('The account that it happened to.'),
  externalAccountId: z.string().nullable().describe("The operator's own id of the account; null for none."),
};

/** A test of an endpoint of the operator is of no account. */
const ofNoAccount = {
  accountId: uuid.nullable().describe('The account; null in a test of an endpoint of the operator.'),
};

/** The body of a webhook of one type. */
function webhookMessageOf(type: MessageType) {
  return z
    .strictObject({
      type: z.literal(type).describe('What happened.'),
      ...envelope,
      ...(type === 'webhook_endpoint.test' ? ofNoAccount : {}),
      data: dataSchemas[type].describe('The facts of it.'),
    })
    .describe(messageMeanings[type]);
}

/** The names of the fields of a type's data. */
export function dataFieldsOf(type: MessageType): string[] {
  return Object.keys(dataSchemas[type].shape);
}

/** The body of any webhook. It is strict, so that a test sees a field that it does not name. */
export const webhookMessage = z.union(messageTypes.map(webhookMessageOf));
