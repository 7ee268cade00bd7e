import { type Money, creditorReference } from '@tenantry/domain/money';
import { payableStatuses } from '@tenantry/domain/invoice/status';
import { newCode, newId } from '../ids.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import type { AccountTransaction } from '../transaction.ts';
import { takeNumber } from './series.ts';
import { ExternalReference, Invoice, InvoiceDirectoryEntry, Payment, PaymentProof } from './entity.ts';

/** An invoice of the account, or null. */
export function findInvoice({ em }: AccountTransaction, id: string): Promise<Invoice | null> {
  return em.findOne(Invoice, { id });
}

/** The series that an invoice has its number from; null for one from before there were series. */
export async function seriesOfInvoice(
  { em }: AccountTransaction,
  { id, reference }: Pick<Invoice, 'id' | 'reference'>,
): Promise<string | null> {
  const listed = await em.findOneOrFail(InvoiceDirectoryEntry, { reference, invoiceId: id });
  return listed.series ?? null;
}

/** The account's invoices on which money is due, newest first. */
export function openInvoices({ em }: AccountTransaction): Promise<Invoice[]> {
  return em.find(Invoice, { status: { $in: [...payableStatuses] } }, { orderBy: { id: 'desc' } });
}

/** The account's invoices. */
export async function listInvoices(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<Invoice>> {
  const rows = await em.find(Invoice, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (invoice) => invoice.id);
}

/** What an invoice is written from; everything that follows from these is made here. */
export type InvoiceFacts = Omit<
  Invoice,
  | 'accountId'
  | 'id'
  | 'number'
  | 'reference'
  | 'status'
  | 'amountPaid'
  | 'createdAt'
  | 'paidAt'
  | 'voidReason'
  | 'voidedAt'
  | 'voidedBy'
  | 'version'
>;

/** Writes an open invoice with a payment reference of its own and the next number of its series. */
export async function insertInvoice(
  tx: AccountTransaction,
  series: string,
  facts: InvoiceFacts,
): Promise<Invoice> {
  const { em, accountId, now } = tx;
  const id = newId();
  const reference = creditorReference(newCode(16));
  const { count, number } = await takeNumber(tx, series);
  const row = { accountId, id, number, reference, ...facts, status: 'open' as const, amountPaid: 0 };
  await em.insert(Invoice, { ...row, createdAt: now, version: 1 });
  await em.insert(InvoiceDirectoryEntry, {
    reference,
    accountId,
    invoiceId: id,
    series,
    number: count,
  });
  return em.findOneOrFail(Invoice, { id });
}

/** A payment of the account, or null. */
export function findPayment({ em }: AccountTransaction, id: string): Promise<Payment | null> {
  return em.findOne(Payment, { id });
}

/** The payments of one invoice that wait for an operator, oldest first. */
export function pendingPayments({ em }: AccountTransaction, invoiceId: string): Promise<Payment[]> {
  return em.find(Payment, { invoiceId, status: 'pending_approval' }, { orderBy: { id: 'asc' } });
}

/** The ids of the payments of an invoice. */
export async function paymentIdsOf({ em }: AccountTransaction, invoiceId: string): Promise<string[]> {
  return (await em.find(Payment, { invoiceId })).map(({ id }) => id);
}

/** The account's payments. */
export async function listPayments(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<Payment>> {
  const rows = await em.find(Payment, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (payment) => payment.id);
}

/** Writes a payment by bank transfer that waits for an operator. */
export async function insertBankTransfer(
  { em, accountId, now, actorName }: AccountTransaction,
  transfer: Money & { invoiceId: string; payerName: string; externalPaymentId: string | null },
): Promise<Payment> {
  const id = newId();
  const state = { method: 'bank_transfer' as const, status: 'pending_approval' as const };
  const row = {
    accountId,
    id,
    ...transfer,
    ...state,
    refundedAmount: 0,
    submittedBy: actorName,
    createdAt: now,
  };
  await em.insert(Payment, { ...row, version: 1 });
  return em.findOneOrFail(Payment, { id });
}

/** What a proof is: a link that is never fetched, or a stored file. */
export type ProofFacts = { url: string } | { fileName: string; mediaType: string; sizeBytes: number };

/** Writes a proof of a payment. */
export async function insertProof(
  { em, accountId, now }: AccountTransaction,
  paymentId: string,
  proof: ProofFacts,
): Promise<PaymentProof> {
  const id = newId();
  await em.insert(PaymentProof, { accountId, id, paymentId, ...proof, createdAt: now });
  return em.findOneOrFail(PaymentProof, { id });
}

/** The proofs of a payment, oldest first. */
export function listProofs({ em }: AccountTransaction, paymentId: string): Promise<PaymentProof[]> {
  return em.find(PaymentProof, { paymentId }, { orderBy: { id: 'asc' } });
}

/** One page of the proofs of a payment, newest first. */
export async function pageProofs(
  { em }: AccountTransaction,
  paymentId: string,
  { limit, cursor }: PageInput,
): Promise<Page<PaymentProof>> {
  const where = { paymentId, ...afterId(cursor) };
  const rows = await em.find(PaymentProof, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (row) => row.id);
}

/** A proof of the account, or null. */
export function findProof({ em }: AccountTransaction, id: string): Promise<PaymentProof | null> {
  return em.findOne(PaymentProof, { id });
}

/** What has been booked under a bank's reference, in whichever account; for staff only. */
export function findExternalReference(
  { em }: AccountTransaction,
  reference: string,
): Promise<ExternalReference | null> {
  return em.findOne(ExternalReference, { method: 'bank_transfer', reference });
}

/** Books a bank's reference; the primary key refuses it a second time. */
export async function insertExternalReference(
  { em, accountId }: AccountTransaction,
  booking: { reference: string; paymentId: string },
): Promise<void> {
  await em.insert(ExternalReference, { method: 'bank_transfer', accountId, ...booking });
}
