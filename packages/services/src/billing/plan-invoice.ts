import type { Invoice } from '@tenantry/db/billing/entity';
import type { Quote } from '@tenantry/domain/billing/quote';
import { paymentDays } from '@tenantry/domain/invoice/due';
import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import type { Plan } from '@tenantry/domain/plans';
import { addDays } from '@tenantry/domain/time';
import type { Context } from '../context.ts';
import { issueInvoice } from './issue-invoice.ts';

/** Writes the invoice for the first period of a plan at its price, due in 14 days. */
export function invoicePlan(context: Pick<Context, 'tx'>, plan: Plan): Promise<Invoice> {
  const dueAt = addDays(context.tx.now, paymentDays);
  return issueInvoice(context, { kind: 'subscription', ...soldPlan(plan, null), period: null, dueAt });
}

/**
 * Writes the invoice of a change of plan, or of the next period of the same, as it was quoted: the price, and what of the
 * running period is taken off it.
 */
export function invoiceChange(
  context: Pick<Context, 'tx'>,
  { plan, running, quote }: { plan: Plan; running: Pick<Plan, 'name'>; quote: Quote },
): Promise<Invoice> {
  const { kind, startsAt, endsAt, unused, dueAt } = quote;
  const period = startsAt === null || endsAt === null ? null : { startsAt, endsAt };
  const { lines, ...sold } = soldPlan(plan, period);
  const credited =
    unused.amount === 0 ? [] : [lineOf(`Unused part of ${running.name}`, -unused.amount, null)];
  const order = { ...sold, lines: [...lines, ...credited], period, dueAt };
  return issueInvoice(
    context,
    kind === 'upgrade' ? { kind, ...order, credited: unused } : { kind, ...order },
  );
}

type Period = { startsAt: Date; endsAt: Date } | null;

function soldPlan({ id: planId, name, priceAmount, currency }: Plan, period: Period) {
  return { planId, currency, lines: [lineOf(name, priceAmount, period)] };
}

function lineOf(description: string, amount: number, period: Period): InvoiceLine {
  const written =
    period === null ? null : { startsAt: period.startsAt.toISOString(), endsAt: period.endsAt.toISOString() };
  return { description, quantity: 1, unitAmount: amount, amount, period: written };
}
