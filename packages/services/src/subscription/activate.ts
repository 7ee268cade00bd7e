import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { newId, withIds } from '@tenantry/db/ids';
import { updateRow } from '@tenantry/db/row';
import {
  deletePeriods,
  endPeriod,
  getStoredSubscription,
  getSubscription,
  savePeriods,
} from '@tenantry/db/subscription/queries';
import { type CreditedPart, type Purchase, buyPeriod } from '@tenantry/domain/billing/buy';
import type { PaidPeriod } from '@tenantry/domain/billing/period';
import { isFree } from '@tenantry/domain/billing/plan';
import { type PurchasedCredits, bookPurchase } from '@tenantry/domain/credit/purchase';
import { planMonths } from '@tenantry/domain/credit/schedule';
import type { Plan } from '@tenantry/domain/plans';
import { change, lockBooks } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { tellBegin } from './begin.ts';
import { plansOf, unusedPlanCredits } from './quote.ts';

/**
 * Books the period that a payment by bank transfer bought, or one of a plan that costs nothing. A period that has begun sets the plan's credits: what is
 * left of the running plan grant ends, but for what the plan that ends lets roll over; other kinds stay. Of an upgrade,
 * `upgrade` is what its invoice took off the price: credits of it that were spent since are taken from the new plan. Every
 * later month begins by itself. The account is locked.
 */
export async function activateSubscription(
  { tx }: Pick<Context, 'tx'>,
  {
    planId,
    invoiceId = null,
    externalPaymentId,
    paymentId = null,
    upgrade,
  }: {
    planId: string;
    /** The invoice that is paid; without it the period is of no invoice. */
    invoiceId?: string | null;
    /** The bank's reference; null where a balance paid, which leaves the one before. */
    externalPaymentId: string | null;
    paymentId?: string | null;
    upgrade?: CreditedPart | undefined;
  },
): Promise<void> {
  const subscription = await getSubscription(tx);
  const { running, following } = subscription;
  const plans = await plansOf(tx, [planId, running.planId, ...following.map((period) => period.planId)]);
  // Nothing is spent between the look at what is left and what is written.
  await lockBooks(tx);
  const creditsLeft = await unusedPlanCredits(tx, plans(running.planId));
  const order = { id: newId(), restId: newId(), plan: plans(planId), invoiceId, paymentId, upgrade };
  const purchase = buyPeriod({ ...subscription, creditsLeft }, order, plans, tx.now);
  // The ledger first: a month that is due by now belongs to the periods as they were.
  await change(tx, bookCredits, creditsOf(purchase, plans, tx.now));
  await deletePeriods(
    tx,
    purchase.dropped.map(({ id }) => id),
  );
  await endPeriod(tx, purchase.before);
  await savePeriods(tx, purchase.placed);
  const { bought } = purchase;
  const isBegun = bought.startsAt <= tx.now;
  const present = isBegun ? bought : running;
  await updateRow(tx, await getStoredSubscription(tx), {
    planId: present.planId,
    status: 'active',
    ...(isFree(plans(planId)) ? {} : { paymentMethod: 'bank_transfer' }),
    ...(externalPaymentId === null ? {} : { externalPaymentId }),
    periodStart: present.startsAt,
    periodEnd: present.endsAt,
    anchorAt: bought.anchorAt,
    // A payment ends what staff gave without one.
    graceUntil: null,
  });
  if (subscription.status === 'cancelled' && tx.now < subscription.paidThrough)
    await enqueueOutboxMessage(tx, 'subscription.resumed', { plan: plans(present.planId).slug });
  if (isBegun)
    await tellBegin(tx, { period: bought, before: subscription.anchorAt === null ? null : running });
}

function creditsOf({ before, placed }: Purchase, plans: (id: string) => Plan, now: Date): PurchasedCredits {
  const creditPeriod = (period: PaidPeriod) => {
    const { includedCredits, rolloverCreditsMax: rolloverMax, graceDays } = plans(period.planId);
    return { ...period, includedCredits, rolloverMax, graceDays };
  };
  const months = planMonths([before, ...placed].map(creditPeriod));
  return {
    // The months before the bought period have had their credits.
    begun: withIds(months.slice(before.months).filter(({ at }) => at <= now)),
    nextGrantAt: months.find(({ at }) => at > now)?.at ?? null,
  };
}

/** Sets the plan's credits of the months that have begun, and says when the next month begins. */
const bookCredits: LedgerService<PurchasedCredits, null> = {
  reads: () => ({ spentPlanGrants: true }),
  decide: ({ view, now }, credits) => ({ books: bookPurchase(view.books, credits, now), answer: null }),
};
