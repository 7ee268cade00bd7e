import type { ChangeSubscriptionInput } from '@tenantry/contract/subscription';
import { findRenewedPlan, findSellablePlan, getPlan } from '@tenantry/db/plan/queries';
import { type CurrentSubscription, getSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { isFree } from '@tenantry/domain/billing/plan';
import { type Quote, quotePlan } from '@tenantry/domain/billing/quote';
import { paymentDays } from '@tenantry/domain/invoice/due';
import type { Plan } from '@tenantry/domain/plans';
import { refusalIfNotOffered } from '@tenantry/domain/payment/methods';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';

/** A plan that an account asks for, and what it costs to change to it now. */
export interface QuotedPlan {
  plan: Plan;
  /** The plan of the running period. */
  running: Plan;
  quote: Quote;
}

/**
 * What it costs to change to a plan, or to buy the next period of the same: the one computation of a preview and of the
 * change. Refuses `not_found` for a plan that is not sold, `conflict` for a trial and, of a plan that costs nothing, for
 * another one that does not either, and `provider_disabled`
 * for another payment method than a bank transfer, or while the operator has switched that off.
 */
export async function quoteChange(
  { tx, paymentMethods }: Pick<Context<'paymentMethods'>, 'paymentMethods' | 'tx'>,
  { planSlug, paymentMethod }: ChangeSubscriptionInput,
): Promise<QuotedPlan | Refusal<'provider_disabled' | 'not_found' | 'conflict'>> {
  const notOffered = refusalIfNotOffered(paymentMethod, paymentMethods);
  const subscription = await getSubscription(tx);
  const plan = await planToSell(tx, subscription, planSlug);
  // Nothing is paid for a plan that costs nothing.
  if (notOffered !== undefined && (plan === undefined || !isFree(plan))) return notOffered;
  if (plan === undefined) return refuse('not_found');
  const running = await getPlan(tx, subscription.planId);
  const isOther = running.slug !== plan.slug;
  const isBothFree = subscription.status === 'active' && isFree(running) && isFree(plan);
  if (plan.trialDays > 0 || (isBothFree && isOther)) return refuse('conflict');
  return quoteFor(tx, subscription, { plan, isRenewal: !isOther });
}

/** What a plan costs a subscription now. A renewal is a period of its own, whatever its version costs. */
export async function quoteFor(
  tx: AccountTransaction,
  subscription: CurrentSubscription,
  { plan, isRenewal }: { plan: Plan; isRenewal: boolean },
): Promise<QuotedPlan> {
  const { running, following } = subscription;
  const planOf = await plansOf(tx, [running.planId, ...following.map(({ planId }) => planId)]);
  const creditsLeft = await unusedPlanCredits(tx, planOf(running.planId));
  const asking = { current: subscription, planOf, creditsLeft };
  const quote = quotePlan(asking, plan, { now: tx.now, paymentDays, isRenewal });
  return { plan, running: planOf(running.planId), quote };
}

/** The plan credits that end when another plan begins now: what is left, less what the plan that ends lets roll over. */
export async function unusedPlanCredits(
  tx: AccountTransaction,
  { rolloverCreditsMax }: Pick<Plan, 'rolloverCreditsMax'>,
): Promise<number> {
  const { plan: left } = (await getCredits({ tx })).byKind;
  return Math.max(0, left - rolloverCreditsMax);
}

/** Finds each of the plans by its id. */
export async function plansOf(tx: AccountTransaction, ids: readonly string[]): Promise<(id: string) => Plan> {
  const plans = new Map<string, Plan>();
  for (const id of new Set(ids)) plans.set(id, await getPlan(tx, id));
  return (id) => {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`The plan ${id} was not read.`);
    return plan;
  };
}

/** Whoever renews the plan that they have keeps its version; everybody else is sold the newest. */
async function planToSell(
  tx: AccountTransaction,
  { planId, status }: CurrentSubscription,
  slug: string,
): Promise<Plan | undefined> {
  const isRenewed = status === 'active' || status === 'past_due' || status === 'pending_payment';
  const own = isRenewed ? await getPlan(tx, planId) : undefined;
  return own?.slug === slug ? findRenewedPlan(tx, own.id) : findSellablePlan(tx, slug);
}
