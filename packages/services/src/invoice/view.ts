import type { Invoice } from '@tenantry/db/billing/entity';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** An invoice as a client sees it. `reference` is the ISO 11649 reference to pay under. */
export async function invoiceView(tx: AccountTransaction, invoice: Invoice) {
  const { id, number, reference, planId, amount, currency, status, createdAt } = invoice;
  const { paidAt = null, voidReason = null, voidedAt = null } = invoice;
  const { slug: planSlug } = await getPlan(tx, planId);
  const total = { amount, currency };
  return { id, number, reference, planSlug, total, status, createdAt, paidAt, voidReason, voidedAt };
}

/** Invoices as a client sees them, in the same order. */
export async function invoiceViews(tx: AccountTransaction, invoices: readonly Invoice[]) {
  const views = [];
  for (const invoice of invoices) views.push(await invoiceView(tx, invoice));
  return views;
}
