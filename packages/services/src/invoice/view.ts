import type { Invoice } from '@tenantry/db/billing/entity';

/** An invoice as a client sees it. `reference` is the ISO 11649 reference to pay under. */
export function invoiceView(invoice: Invoice, planSlug: string) {
  const { id, number, reference, amount, currency, status, createdAt, paidAt } = invoice;
  return {
    id,
    number,
    reference,
    planSlug,
    total: { amount, currency },
    status,
    createdAt,
    paidAt: paidAt ?? null,
  };
}
