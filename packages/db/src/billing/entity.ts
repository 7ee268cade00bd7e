import { defineEntity, p } from '@mikro-orm/core';
import type { MoneyBook, MoneyEntryKind } from '@tenantry/domain/billing/money-books';
import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import type { InvoiceCustomer, InvoiceIssuer, InvoicePayee } from '@tenantry/domain/invoice/parties';
import type { InvoiceKind, InvoiceStatus, InvoiceVoidReason } from '@tenantry/domain/invoice/status';
import type { PaymentStatus } from '@tenantry/domain/payment/status';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { tenantFilter } from '../tenancy.ts';

const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoice',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    number: p.text(),
    reference: p.text(),
    kind: p.text().$type<InvoiceKind>(),
    /** The plan version that is sold; null for a package. */
    planId: p.uuid().nullable(),
    packageId: p.uuid().nullable(),
    lines: p.json<InvoiceLine[]>(),
    issuer: p.json<InvoiceIssuer>().nullable(),
    payee: p.json<InvoicePayee>().nullable(),
    customer: p.json<Partial<InvoiceCustomer> & Pick<InvoiceCustomer, 'name'>>(),
    amount: p.bigint('number'),
    taxRateBasisPoints: p.integer().nullable(),
    taxAmount: p.bigint('number'),
    currency: p.text(),
    status: p.text().$type<InvoiceStatus>(),
    amountPaid: p.bigint('number'),
    createdAt: p.datetime(),
    dueAt: p.datetime(),
    periodStart: p.datetime().nullable(),
    periodEnd: p.datetime().nullable(),
    paidAt: p.datetime().nullable(),
    voidReason: p.text().$type<InvoiceVoidReason>().nullable(),
    voidedAt: p.datetime().nullable(),
    voidedBy: p.text().nullable(),
    version: p.integer().version(),
  },
});
/** What an account is asked to pay, in minor units, with everybody on it as they were. Only its status changes. */
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);

const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    invoiceId: p.uuid(),
    method: p.text().$type<PaymentMethod>(),
    status: p.text().$type<PaymentStatus>(),
    amount: p.bigint('number'),
    currency: p.text(),
    payerName: p.text(),
    externalPaymentId: p.text().nullable(),
    reason: p.text().nullable(),
    refundedAmount: p.bigint('number'),
    submittedBy: p.text(),
    createdAt: p.datetime(),
    confirmedAt: p.datetime().nullable(),
    confirmedBy: p.text().nullable(),
    version: p.integer().version(),
  },
});
/** Money that a tenant says was sent, until an operator says it arrived. */
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);

const ProofSchema = defineEntity({
  name: 'PaymentProof',
  tableName: 'payment_proof',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    paymentId: p.uuid(),
    url: p.text().nullable(),
    fileName: p.text().nullable(),
    mediaType: p.text().nullable(),
    sizeBytes: p.integer().nullable(),
    createdAt: p.datetime(),
  },
});
/** A proof of payment: a stored file, or an https URL that is never fetched. */
export class PaymentProof extends ProofSchema.class {}
ProofSchema.setClass(PaymentProof);

const InvoiceDirectorySchema = defineEntity({
  name: 'InvoiceDirectoryEntry',
  tableName: 'invoice_directory',
  properties: {
    reference: p.text().primary(),
    accountId: p.uuid(),
    invoiceId: p.uuid(),
    series: p.text().nullable(),
    number: p.bigint('number').nullable(),
  },
});
/** Keeps payment references and the numbers of a series unique across accounts. */
export class InvoiceDirectoryEntry extends InvoiceDirectorySchema.class {}
InvoiceDirectorySchema.setClass(InvoiceDirectoryEntry);

const ExternalReferenceSchema = defineEntity({
  name: 'ExternalReference',
  tableName: 'external_reference',
  properties: {
    method: p.text().primary(),
    reference: p.text().primary(),
    accountId: p.uuid(),
    paymentId: p.uuid(),
  },
});
/** A bank's reference that has been booked once. */
export class ExternalReference extends ExternalReferenceSchema.class {}
ExternalReferenceSchema.setClass(ExternalReference);

const MoneyEntrySchema = defineEntity({
  name: 'MoneyEntry',
  tableName: 'money_entry',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    kind: p.text().$type<MoneyEntryKind>(),
    currency: p.text(),
    fromBook: p.text().$type<MoneyBook>(),
    toBook: p.text().$type<MoneyBook>(),
    amount: p.bigint('number'),
    invoiceId: p.uuid().nullable(),
    paymentId: p.uuid().nullable(),
    reason: p.text().nullable(),
    actor: p.text(),
    requestId: p.text(),
  },
});
/** Money of an account that moved from one book to another; append-only. */
export class MoneyEntry extends MoneyEntrySchema.class {}
MoneyEntrySchema.setClass(MoneyEntry);
