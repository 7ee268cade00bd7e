import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import {
  type CurrentSubscription,
  deletePeriods,
  getStoredSubscription,
  getSubscription,
  savePeriods,
} from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { endWithMonth, goOn } from '@tenantry/domain/billing/free';
import type { PaidPeriod } from '@tenantry/domain/billing/period';
import { isFree } from '@tenantry/domain/billing/plan';
import type { Plan } from '@tenantry/domain/plans';
import { payFromBalance } from '../billing/fulfil.ts';
import type { Context } from '../context.ts';
import { changeInvoices } from '../invoice/open.ts';
import { voidInvoice } from '../invoice/void.ts';
import { activateSubscription } from './activate.ts';
import { plansOf } from './quote.ts';

/**
 * Takes a plan that costs nothing: it begins at the end of what was paid, or now, and goes on by itself. Open invoices of
 * the subscription become void (`superseded`). A plan that runs, or is to come already, stays as it is; one that was
 * cancelled goes on. The account is locked.
 */
export async function takeFreePlan({ tx }: Pick<Context, 'tx'>, plan: Plan): Promise<void> {
  for (const invoice of await changeInvoices(tx)) {
    await voidInvoice(tx, invoice, 'superseded');
    await payFromBalance({ tx }, invoice.currency);
  }
  const subscription = await getSubscription(tx);
  const { status, running, following } = subscription;
  const last = following.at(-1) ?? running;
  const { slug } = (await plansOf(tx, [last.planId]))(last.planId);
  const isPresent =
    slug === plan.slug && (status === 'active' || status === 'cancelled') && tx.now < last.endsAt;
  if (!isPresent) return activateSubscription({ tx }, { planId: plan.id, externalPaymentId: null });
  if (status === 'cancelled') await resumeFree(tx, subscription, plan);
}

/** Lets the plan that was cancelled go on: one that costs nothing by itself again. */
export async function resumeFree(
  tx: AccountTransaction,
  { running }: Pick<CurrentSubscription, 'running'>,
  plan: Plan,
): Promise<void> {
  await moveEnd(tx, goOn(running));
  await updateRow(tx, await getStoredSubscription(tx), { status: 'active' });
  await enqueueOutboxMessage(tx, 'subscription.resumed', { plan: plan.slug });
}

/**
 * Ends what goes on by itself: a running plan that costs nothing with its month, and one that is to come before it begins.
 * The account is locked.
 */
export async function endFreePlans(
  tx: AccountTransaction,
  { status, running, following }: CurrentSubscription,
): Promise<void> {
  const planOf = await plansOf(tx, [running.planId, ...following.map(({ planId }) => planId)]);
  const free = following.filter(({ planId }) => isFree(planOf(planId)));
  await deletePeriods(
    tx,
    free.map(({ id }) => id),
  );
  if (isFree(planOf(running.planId)) && status === 'active') await moveEnd(tx, endWithMonth(running, tx.now));
}

async function moveEnd(tx: AccountTransaction, period: PaidPeriod): Promise<void> {
  await savePeriods(tx, [period]);
  await updateRow(tx, await getStoredSubscription(tx), {
    planId: period.planId,
    periodStart: period.startsAt,
    periodEnd: period.endsAt,
  });
}
