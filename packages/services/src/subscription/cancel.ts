import { lockAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { pendingPayments } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { updateRow } from '@tenantry/db/row';
import {
  getStoredSubscription,
  getSubscription as findSubscription,
} from '@tenantry/db/subscription/queries';
import { refusalIfEnded, statusAfterResume } from '@tenantry/domain/billing/cancel';
import { isFree } from '@tenantry/domain/billing/plan';
import { isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { changeInvoices } from '../invoice/open.ts';
import { voidInvoice } from '../invoice/void.ts';
import { endFreePlans, resumeFree } from './free.ts';
import { getSubscription } from './get.ts';

/**
 * Cancels the subscription: it works until the end of what was paid, of the trial, or of the month of a plan that costs
 * nothing, and is not renewed. Open invoices
 * for it become void, but for those on which money has come or is on the way: money that arrives continues the
 * subscription. One that is cancelled stays as it is. Refuses `conflict` for one that has ended.
 */
export async function cancelSubscription(context: Context) {
  const { tx } = context;
  await lockAccount(tx);
  const subscription = await findSubscription(tx);
  const plan = await getPlan(tx, subscription.planId);
  const refusal = refusalIfEnded(subscription, plan.graceDays, tx.now);
  if (refusal !== undefined) return refusal;
  if (subscription.status === 'cancelled') return getSubscription(context);
  await endFreePlans(tx, subscription);
  await updateRow(tx, await getStoredSubscription(tx), { status: 'cancelled' });
  for (const invoice of await changeInvoices(tx))
    if (invoice.status === 'open' && (await pendingPayments(tx, invoice.id)).length === 0)
      await voidInvoice(tx, invoice, 'cancelled');
  const { paidThrough } = await findSubscription(tx);
  const endsAt = paidThrough > tx.now ? paidThrough : tx.now;
  const message = { plan: plan.slug, endsAt: endsAt.toISOString() };
  await enqueueOutboxMessage(tx, 'subscription.cancel_scheduled', message);
  return getSubscription(context);
}

/**
 * Takes a cancellation back: the subscription goes on as before. One that is not cancelled stays as it is. Refuses
 * `conflict` for one that has ended: paying begins it anew.
 */
export async function resumeSubscription(context: Context) {
  const { tx } = context;
  await lockAccount(tx);
  const subscription = await findSubscription(tx);
  const plan = await getPlan(tx, subscription.planId);
  const status = statusAfterResume(subscription, plan.graceDays, tx.now);
  if (isRefusal(status)) return status;
  if (subscription.status !== 'cancelled') return getSubscription(context);
  if (status === 'active' && isFree(plan)) {
    await resumeFree(tx, subscription, plan);
    return getSubscription(context);
  }
  await updateRow(tx, await getStoredSubscription(tx), { status });
  await enqueueOutboxMessage(tx, 'subscription.resumed', { plan: plan.slug });
  return getSubscription(context);
}
