import type { ChangeSubscriptionInput } from '@tenantry/contract/subscription';
import { lockAccount } from '@tenantry/db/account/queries';
import type { Invoice } from '@tenantry/db/billing/entity';
import { pendingPayments } from '@tenantry/db/billing/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { isFree } from '@tenantry/domain/billing/plan';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { invoiceChange } from '../billing/plan-invoice.ts';
import type { Context } from '../context.ts';
import { changeInvoices } from '../invoice/open.ts';
import { invoiceView } from '../invoice/view.ts';
import { voidInvoice } from '../invoice/void.ts';
import { takeFreePlan } from './free.ts';
import { getSubscription } from './get.ts';
import { type QuotedPlan, quoteChange } from './quote.ts';

/**
 * Changes the plan. One that is paid is asked for, as `orderPlan` does. One that costs nothing is taken as it is, without an
 * invoice: at the end of what was paid, or now. Refuses what `quoteChange` refuses.
 */
export async function changeSubscription(context: Context<'paymentMethods'>, input: ChangeSubscriptionInput) {
  const { tx } = context;
  await lockAccount(tx);
  const quoted = await quoteChange(context, input);
  if (isRefusal(quoted)) return quoted;
  if (!isFree(quoted.plan)) return order(context, quoted);
  await takeFreePlan(context, quoted.plan);
  return { subscription: await getSubscription(context), invoice: null };
}

/**
 * Asks for a paid plan by bank transfer: answers the invoice with the reference to pay under. The subscription stays as
 * it is until the money is confirmed. Asking again answers the same open invoice while it costs the same; any other open
 * invoice for a change of the subscription becomes void (`superseded`), so that one is open at most. What was paid of that is
 * the balance of the account, which pays the new one. Refuses what `quoteChange` refuses, and `conflict` for a plan that costs nothing.
 */
export async function orderPlan(context: Context<'paymentMethods'>, input: ChangeSubscriptionInput) {
  const { tx } = context;
  await lockAccount(tx);
  const quoted = await quoteChange(context, input);
  if (isRefusal(quoted)) return quoted;
  return isFree(quoted.plan) ? refuse('conflict') : order(context, quoted);
}

async function order(context: Context, quoted: QuotedPlan) {
  const { tx } = context;
  const invoice = await invoiceOf(tx, quoted);
  return { subscription: await getSubscription(context), invoice: await invoiceView(tx, invoice) };
}

/** The one open invoice of a change: one that is open already, or a new one in the place of any other. */
async function invoiceOf(tx: AccountTransaction, quoted: QuotedPlan): Promise<Invoice> {
  const open = await changeInvoices(tx);
  let same: Invoice | undefined;
  for (const invoice of open) if (same === undefined && (await isSame(tx, invoice, quoted))) same = invoice;
  for (const other of open) if (other !== same) await voidInvoice(tx, other, 'superseded');
  return same ?? invoiceChange({ tx }, quoted);
}

/** Whether an open invoice asks for the same. One that somebody has paid, or says so, stays whatever it costs now. */
async function isSame(
  tx: AccountTransaction,
  invoice: Invoice,
  { plan, quote: { kind, total } }: QuotedPlan,
): Promise<boolean> {
  if (invoice.planId !== plan.id) return false;
  if (invoice.status === 'partially_paid' || (await pendingPayments(tx, invoice.id)).length > 0) return true;
  return invoice.kind === kind && invoice.amount === total.amount;
}
