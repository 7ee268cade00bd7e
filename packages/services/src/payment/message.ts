import type { Payment } from '@tenantry/db/billing/entity';
import type { MessageData } from '@tenantry/domain/outbox/messages';

/** What an outbox message says of a payment. */
export function paymentData({
  id,
  invoiceId,
  amount,
  currency,
}: Pick<Payment, 'id' | 'invoiceId' | 'amount' | 'currency'>): MessageData['payment.succeeded'] {
  return { paymentId: id, invoiceId, amount: { amount, currency } };
}
