import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { pendingPayments } from '@tenantry/db/billing/queries';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { findRenewedPlan, getPlan } from '@tenantry/db/plan/queries';
import { insertStep, setDueAt, stepsDone } from '@tenantry/db/subscription/life';
import {
  type CurrentSubscription,
  getStoredSubscription,
  getSubscription,
  storedPeriods,
} from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type FreeMonth, freeMonthsAt } from '@tenantry/domain/billing/free';
import { type LifeStep, dueSteps, isTooLate, lifeSteps } from '@tenantry/domain/billing/life';
import type { PaidPeriods } from '@tenantry/domain/billing/period';
import { isFree } from '@tenantry/domain/billing/plan';
import type { Plan } from '@tenantry/domain/plans';
import { standing } from '@tenantry/domain/standing';
import { addDays } from '@tenantry/domain/time';
import { invoiceChange } from '../billing/plan-invoice.ts';
import type { BillingSettings } from '../ports.ts';
import { openInvoiceData } from '../invoice/message.ts';
import { changeInvoices } from '../invoice/open.ts';
import { voidInvoice } from '../invoice/void.ts';
import { tellBegin } from './begin.ts';
import { quoteFor } from './quote.ts';

/** What the steps of one account are done with. */
interface Life {
  subscription: CurrentSubscription;
  /** The periods as they were when the subscription was last written: time has begun some of them since. */
  stored: PaidPeriods;
  plan: Plan;
}

/** What came of a step: what is written down of it, or that it has to be looked at again the next day. */
type Done = Record<string, string> | 'postponed';

/**
 * Does what time has made due for the account's subscription, each step once, and answers when the next one is due; null
 * for never. It writes history, invoices and messages; no standing and no credit follows from it. The account is locked, so
 * two that run at once do nothing twice.
 */
export async function runSteps(
  tx: AccountTransaction,
  settings: BillingSettings,
  pass: Failpoint = noFailpoint,
): Promise<Date | null> {
  const postponed = new Set<string>();
  for (;;) {
    // A balance may pay an invoice at once, so each step is done on what the one before has made.
    const life = await lifeOf(tx);
    const { due, nextAt } = await stepsOf(tx, life, settings);
    const step = due.find(({ key }) => !postponed.has(key));
    if (step === undefined) {
      const again = postponed.size === 0 ? nextAt : earlier(nextAt, addDays(tx.now, 1));
      await setDueAt(tx, again);
      return again;
    }
    const done = isTooLate(step, tx.now) ? { leftOut: 'late' } : await perform(tx, step, life);
    await pass('step_performed');
    if (done === 'postponed') postponed.add(step.key);
    else await insertStep(tx, step, done);
    await pass('step_recorded');
  }
}

const earlier = (one: Date | null, other: Date) => (one !== null && one < other ? one : other);

async function lifeOf(tx: AccountTransaction): Promise<Life> {
  const subscription = await getSubscription(tx);
  const stored = await storedPeriods(tx, await getStoredSubscription(tx));
  return { subscription, stored, plan: await getPlan(tx, subscription.planId) };
}

async function stepsOf(
  tx: AccountTransaction,
  { subscription, stored, plan }: Life,
  { renewalInvoiceDays }: BillingSettings,
) {
  const { status } = await getAccount(tx);
  const { following } = stored;
  const { graceDays } = plan;
  const isEndless = isFree(plan) && subscription.status === 'active';
  const months = isEndless ? freeMonthsAt(subscription.running, tx.now) : [];
  const facts = { ...subscription, following, graceDays, isFree: isFree(plan), months };
  const steps = status === 'closed' ? [] : lifeSteps(facts, renewalInvoiceDays);
  return dueSteps(steps, await stepsDone(tx, steps), tx.now);
}

async function perform(tx: AccountTransaction, step: LifeStep, life: Life): Promise<Done> {
  switch (step.kind) {
    case 'trial_ending':
      return tellTrialEnding(tx, life);
    case 'renewal_invoice':
      return invoiceRenewal(tx, life);
    case 'reminder':
      return remind(tx, step.day);
    case 'period':
      return beginPeriod(tx, step.periodId, life);
    case 'month':
      return beginMonth(tx, step.month, life);
    case 'status':
      return tellStatus(tx, step, life);
  }
}

async function tellTrialEnding(tx: AccountTransaction, { subscription, plan }: Life): Promise<Done> {
  const data = { plan: plan.slug, trialEndsAt: subscription.paidThrough.toISOString() };
  await enqueueOutboxMessage(tx, 'subscription.trial_ending', data);
  return {};
}

/**
 * Invoices the next period of the plan that was paid last, unless an invoice for it is open. It takes the place of the
 * invoice of an upgrade that nobody says is paid: what that takes off its price ends with the period.
 */
async function invoiceRenewal(tx: AccountTransaction, { subscription }: Life): Promise<Done> {
  const { running, following } = subscription;
  const renewed = await findRenewedPlan(tx, (following.at(-1) ?? running).planId);
  if (renewed === undefined || renewed.priceAmount === 0) return { leftOut: 'not_sold' };
  for (const invoice of await changeInvoices(tx)) {
    if (invoice.kind === 'subscription') return { invoiceId: invoice.id };
    if (invoice.status !== 'open' || (await pendingPayments(tx, invoice.id)).length > 0) return 'postponed';
    await voidInvoice(tx, invoice, 'superseded');
  }
  const { id } = await invoiceChange(
    { tx },
    await quoteFor(tx, subscription, { plan: renewed, isRenewal: true }),
  );
  return { invoiceId: id };
}

/** Reminds of the open invoice, unless somebody says that it is paid. */
async function remind(tx: AccountTransaction, daysLate: number): Promise<Done> {
  const [invoice] = await changeInvoices(tx);
  if (invoice === undefined) return { leftOut: 'nothing_to_pay' };
  if ((await pendingPayments(tx, invoice.id)).length > 0) return { leftOut: 'payment_waits' };
  await enqueueOutboxMessage(tx, 'invoice.reminder', { ...openInvoiceData(invoice), daysLate });
  return { invoiceId: invoice.id };
}

async function beginPeriod(tx: AccountTransaction, periodId: string, { stored }: Life): Promise<Done> {
  const all = [stored.running, ...stored.following];
  const index = all.findIndex(({ id }) => id === periodId);
  const [before, period] = [all[index - 1], all[index]];
  if (before === undefined || period === undefined) throw new Error(`The period ${periodId} follows none.`);
  await tellBegin(tx, { period, before });
  return { periodId };
}

async function beginMonth(
  tx: AccountTransaction,
  { startsAt, endsAt }: FreeMonth,
  life: Life,
): Promise<Done> {
  const { running } = life.subscription;
  await tellBegin(tx, { period: { ...running, startsAt, endsAt }, before: running });
  return {};
}

async function tellStatus(
  tx: AccountTransaction,
  { status, at }: Extract<LifeStep, { kind: 'status' }>,
  { subscription, plan }: Life,
): Promise<Done> {
  const { slug, graceDays } = plan;
  if (status === 'past_due') {
    const graceEndsAt = addDays(subscription.paidThrough, graceDays).toISOString();
    await enqueueOutboxMessage(tx, 'subscription.past_due', { plan: slug, graceEndsAt });
  } else
    await enqueueOutboxMessage(tx, 'subscription.ended', {
      plan: slug,
      reason: reasonOf(subscription, plan, at),
    });
  return { status };
}

/** Why a subscription gives no access any more at a time, whatever the operator has decided about its account. */
function reasonOf(subscription: CurrentSubscription, plan: Plan, at: Date) {
  const { code } = standing({ status: 'active' }, subscription, { ...plan, state: 'listed' }, at);
  if (code === 'trial_expired' || code === 'payment_overdue' || code === 'subscription_cancelled')
    return code;
  return 'subscription_expired';
}
