import type { Payment, PaymentProof } from '@tenantry/db/billing/entity';

/** A payment as a client sees it. */
export function paymentView(payment: Payment) {
  const { id, invoiceId, method, status, amount, currency, payerName, createdAt } = payment;
  return {
    id,
    invoiceId,
    method,
    status,
    total: { amount, currency },
    refunded: { amount: payment.refundedAmount, currency },
    payerName,
    createdAt,
    externalPaymentId: payment.externalPaymentId ?? null,
    reason: payment.reason ?? null,
    confirmedAt: payment.confirmedAt ?? null,
  };
}

/** A proof as a client sees it; the stored name stays inside. */
export function proofView({ id, paymentId, url, mediaType, sizeBytes, createdAt }: PaymentProof) {
  return {
    id,
    paymentId,
    createdAt,
    url: url ?? null,
    mediaType: mediaType ?? null,
    sizeBytes: sizeBytes ?? null,
  };
}
