import type { ChangeSubscriptionInput } from '@tenantry/contract/subscription';
import { lockAccount } from '@tenantry/db/account/queries';
import { openInvoices } from '@tenantry/db/billing/queries';
import { findRenewedPlan, findSellablePlan, getPlan } from '@tenantry/db/plan/queries';
import { getSubscription as findSubscription } from '@tenantry/db/subscription/queries';
import type { Plan } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoicePlan } from '../billing/plan-invoice.ts';
import { invoiceView } from '../invoice/view.ts';
import { voidInvoice } from '../invoice/void.ts';
import { getSubscription } from './get.ts';

/**
 * Asks for a paid plan by bank transfer: answers the invoice with the reference to pay under. The subscription stays as
 * it is until an operator confirms the money. Asking again answers the same open invoice; asking for another plan voids
 * the invoice of the plan before, so that one is open at most. Refuses `not_found` for a plan that is not sold,
 * `conflict` for one that costs nothing, and `provider_disabled` for another payment method.
 */
export async function changeSubscription(
  context: Context,
  { planSlug, paymentMethod }: ChangeSubscriptionInput,
) {
  const { tx } = context;
  if (paymentMethod !== 'bank_transfer') return refuse('provider_disabled');
  const plan = await planToSell(context, planSlug);
  if (plan === undefined) return refuse('not_found');
  if (plan.priceAmount === 0) return refuse('conflict');
  await lockAccount(tx);
  const invoices = await openInvoices(tx);
  const open = invoices.find((invoice) => invoice.planId === plan.id);
  for (const other of invoices) if (other !== open) await voidInvoice(tx, other, 'superseded');
  const invoice = open ?? (await invoicePlan(context, plan));
  return { subscription: await getSubscription(context), invoice: await invoiceView(tx, invoice) };
}

/** Whoever renews the plan that they have keeps its version; everybody else is sold the newest. */
async function planToSell({ tx }: Pick<Context, 'tx'>, slug: string): Promise<Plan | undefined> {
  const { planId, status } = await findSubscription(tx);
  const isRenewed = status === 'active' || status === 'past_due' || status === 'pending_payment';
  const own = isRenewed ? await getPlan(tx, planId) : undefined;
  return own?.slug === slug ? findRenewedPlan(tx, own.id) : findSellablePlan(tx, slug);
}
