import type { Invoice } from '@tenantry/db/billing/entity';
import { creditedAmounts } from '@tenantry/db/billing/money';
import { getPackage } from '@tenantry/db/catalogue/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { epcPayload } from '@tenantry/domain/invoice/epc';
import { wholeCustomer } from '@tenantry/domain/invoice/parties';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** An invoice as a client sees it. `reference` is the ISO 11649 reference to pay under. */
export async function invoiceView(tx: AccountTransaction, invoice: Invoice) {
  return viewOf(tx, invoice, await creditedAmounts(tx, [invoice.id]));
}

/** Invoices as a client sees them, in the same order. */
export async function invoiceViews(tx: AccountTransaction, invoices: readonly Invoice[]) {
  const credited = await creditedAmounts(
    tx,
    invoices.map(({ id }) => id),
  );
  const views = [];
  for (const invoice of invoices) views.push(await viewOf(tx, invoice, credited));
  return views;
}

async function viewOf(tx: AccountTransaction, invoice: Invoice, credited: ReadonlyMap<string, number>) {
  const { id, number, reference, kind, status, lines, customer, createdAt, dueAt } = invoice;
  const { amount, amountPaid, taxAmount, planId = null, packageId = null } = invoice;
  const { paidAt = null, voidReason = null, voidedAt = null, periodStart = null, periodEnd = null } = invoice;
  const money = (minorUnits: number) => ({ amount: minorUnits, currency: invoice.currency });
  const due = money(status === 'void' ? 0 : amount - amountPaid);
  const payee = invoice.payee ?? null;
  return {
    id,
    number,
    reference,
    kind,
    planSlug: planId === null ? null : (await getPlan(tx, planId)).slug,
    packageSlug: packageId === null ? null : (await getPackage(tx, packageId)).slug,
    issuer: invoice.issuer ?? null,
    payee,
    customer: wholeCustomer(customer),
    lines,
    total: money(amount),
    tax: money(taxAmount),
    taxRateBasisPoints: invoice.taxRateBasisPoints ?? null,
    paid: money(amountPaid),
    due,
    credited: money(credited.get(id) ?? 0),
    epcQr: payee === null ? null : (epcPayload(payee, due, reference) ?? null),
    status,
    createdAt,
    dueAt,
    periodStart,
    periodEnd,
    paidAt,
    voidReason,
    voidedAt,
  };
}
