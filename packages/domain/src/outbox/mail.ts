import type { MessageType } from './messages.ts';

/** The messages that the owners and admins of an account get as an e-mail too. */
export const mailedTypes = [
  'subscription.trial_ending',
  'invoice.issued',
  'invoice.reminder',
  'invoice.paid',
  'credit_note.issued',
  'payment.rejected',
  'payment.proof_asked',
  'credit.low_balance',
  'account.suspended',
  'webhook_endpoint.disabled',
] as const satisfies readonly MessageType[];
export type MailedType = (typeof mailedTypes)[number];
