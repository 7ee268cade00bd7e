import { newId, withIds } from '@tenantry/db/ids';
import { getPlan } from '@tenantry/db/plan/queries';
import { updateRow } from '@tenantry/db/row';
import {
  endPeriod,
  getStoredSubscription,
  getSubscription,
  savePeriods,
} from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Purchase, buyPeriod } from '@tenantry/domain/billing/buy';
import type { PaidPeriod } from '@tenantry/domain/billing/period';
import { type PurchasedCredits, bookPurchase } from '@tenantry/domain/credit/purchase';
import { planMonths } from '@tenantry/domain/credit/schedule';
import type { Plan } from '@tenantry/domain/plans';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/**
 * Books the period that a payment by bank transfer bought. A period that has begun sets the plan's credits: what is
 * left of the running plan grant ends, but for what the plan that ends lets roll over, and for the paid credits that a
 * better plan cuts short; other kinds stay. Every later month begins by itself. The account is locked.
 */
export async function activateSubscription(
  { tx }: Pick<Context, 'tx'>,
  {
    planId,
    externalPaymentId,
    paymentId = null,
  }: {
    planId: string;
    /** The bank's reference; null where a balance paid, which leaves the one before. */
    externalPaymentId: string | null;
    paymentId?: string | null;
  },
): Promise<void> {
  const subscription = await getSubscription(tx);
  const { running, following } = subscription;
  const plans = await plansOf(tx, [planId, running.planId, ...following.map((period) => period.planId)]);
  const order = { id: newId(), restId: newId(), plan: plans(planId), paymentId };
  const purchase = buyPeriod(subscription, order, plans, tx.now);
  // The ledger first: a month that is due by now belongs to the periods as they were.
  await change(tx, bookCredits, creditsOf(purchase, plans, tx.now));
  await endPeriod(tx, purchase.before);
  await savePeriods(tx, purchase.placed);
  const { bought } = purchase;
  const present = bought.startsAt <= tx.now ? bought : running;
  await updateRow(tx, await getStoredSubscription(tx), {
    planId: present.planId,
    status: 'active',
    paymentMethod: 'bank_transfer',
    ...(externalPaymentId === null ? {} : { externalPaymentId }),
    periodStart: present.startsAt,
    periodEnd: present.endsAt,
    anchorAt: bought.anchorAt,
  });
}

/** Finds each of the plans by its id. */
async function plansOf(tx: AccountTransaction, ids: readonly string[]): Promise<(id: string) => Plan> {
  const plans = new Map<string, Plan>();
  for (const id of new Set(ids)) plans.set(id, await getPlan(tx, id));
  return (id) => {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`The plan ${id} was not read.`);
    return plan;
  };
}

function creditsOf(
  { bought, before, placed, unusedCreditsMax }: Purchase,
  plans: (id: string) => Plan,
  now: Date,
): PurchasedCredits {
  const creditPeriod = (period: PaidPeriod) => {
    const { includedCredits, rolloverCreditsMax: rolloverMax, graceDays } = plans(period.planId);
    return { ...period, includedCredits, rolloverMax, graceDays };
  };
  const months = planMonths([before, ...placed].map(creditPeriod));
  return {
    // The months before the bought period have had their credits.
    begun: withIds(months.slice(before.months).filter(({ at }) => at <= now)),
    nextGrantAt: months.find(({ at }) => at > now)?.at ?? null,
    unused: { creditsMax: unusedCreditsMax, id: newId(), reference: `unused:${bought.id}` },
  };
}

/** Sets the plan's credits of the months that have begun, and says when the next month begins. */
const bookCredits: LedgerService<PurchasedCredits, null> = {
  reads: () => ({ spentPlanGrants: true }),
  decide: ({ view, now }, credits) => ({ books: bookPurchase(view.books, credits, now), answer: null }),
};
