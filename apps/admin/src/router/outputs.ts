import { money } from '@tenantry/rest/schemas';
import { z } from 'zod';

const status = z.enum(['active', 'suspended', 'closed']);

export const accountRow = z.object({
  id: z.uuid(),
  name: z.string(),
  status,
  planSlug: z.string(),
  subscriptionStatus: z.string(),
  createdAt: z.string(),
});
export const accountOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  status,
  statusReason: z.string().nullable(),
  paymentMethod: z.string(),
  createdAt: z.string(),
});
export const invoiceOutput = z.object({
  id: z.uuid(),
  number: z.string(),
  reference: z.string(),
  planSlug: z.string(),
  total: money,
  status: z.string(),
  createdAt: z.string(),
  paidAt: z.string().nullable(),
});
export const paymentOutput = z.object({
  id: z.uuid(),
  invoiceId: z.uuid(),
  method: z.string(),
  status: z.string(),
  total: money,
  payerName: z.string(),
  externalPaymentId: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: z.string(),
  confirmedAt: z.string().nullable(),
});
export const subscriptionOutput = z.object({
  id: z.uuid(),
  plan: z.object({ slug: z.string(), version: z.int(), name: z.string(), includedCredits: z.int() }),
  status: z.string(),
  standing: z.object({ state: z.string(), code: z.string().nullable(), until: z.string().nullable() }),
  paymentMethod: z.string(),
  externalPaymentId: z.string().nullable(),
  stripeSubscriptionId: z.string().nullable(),
  periodStart: z.string(),
  periodEnd: z.string(),
});
export const creditOutput = z.object({
  granted: z.int(),
  available: z.int(),
  held: z.int(),
  spent: z.int(),
  expired: z.int(),
  byKind: z.object({ plan: z.int(), promo: z.int(), adjustment: z.int(), purchase: z.int() }),
});
export const accountDetail = accountOutput.extend({
  subscription: subscriptionOutput,
  credits: creditOutput,
  openInvoices: z.array(invoiceOutput),
});
