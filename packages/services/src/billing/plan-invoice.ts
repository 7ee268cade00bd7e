import type { Invoice } from '@tenantry/db/billing/entity';
import type { Plan } from '@tenantry/domain/plans';
import { addDays } from '@tenantry/domain/time';
import { paymentDays } from '@tenantry/domain/invoice/due';
import type { Context } from '../context.ts';
import { issueInvoice } from './issue-invoice.ts';

/** Writes the invoice for the next period of a plan at its price, due in 14 days. */
export function invoicePlan(context: Pick<Context, 'tx'>, plan: Plan): Promise<Invoice> {
  const { id: planId, name, priceAmount, currency } = plan;
  const line = { description: name, quantity: 1, unitAmount: priceAmount, amount: priceAmount, period: null };
  const dueAt = addDays(context.tx.now, paymentDays);
  return issueInvoice(context, {
    kind: 'subscription',
    planId,
    lines: [line],
    currency,
    period: null,
    dueAt,
  });
}
