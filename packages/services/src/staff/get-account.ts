import { getAccount } from '@tenantry/db/account/queries';
import { newestAuditOf } from '@tenantry/db/audit/queries';
import { moneyBalances } from '@tenantry/db/billing/money';
import { owedCredits } from '@tenantry/db/billing/owed';
import { openInvoices } from '@tenantry/db/billing/queries';
import { type CurrentSubscription, begunPeriods, getSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { PaidPeriod } from '@tenantry/domain/billing/period';
import { graceEndOf } from '@tenantry/domain/standing';
import { countOpenHolds } from '@tenantry/ledger/read/holds';
import type { Context } from '../context.ts';
import { getBillingDetails } from '../billing-details/get.ts';
import { getCredits } from '../credit/get.ts';
import { getEntitlements } from '../entitlements/get.ts';
import { invoiceViews } from '../invoice/view.ts';
import { getSubscription as subscriptionView } from '../subscription/get.ts';
import { plansOf } from '../subscription/quote.ts';
import { staffAccountView } from './account-view.ts';

/** How many periods that have begun are shown. */
const begunPeriodsMax = 12;

/** One account with what an operator reads first: who decided its standing, its money, periods, credits and limits. */
export async function getAccountForStaff(context: Context) {
  const { tx } = context;
  const subscription = await getSubscription(tx);
  const { limits, overLimits } = await getEntitlements(context);
  return {
    ...(await staffAccountView(tx)),
    sandbox: (await getAccount(tx)).sandbox,
    now: tx.now,
    decision: await decisionOf(tx),
    subscription: await subscriptionView(context),
    graceEndsAt: await graceEndsAt(tx, subscription),
    periods: await periodsOf(tx, subscription),
    credits: await getCredits(context),
    billingDetails: await getBillingDetails(context),
    creditsOwed: await owedCredits(tx),
    moneyBalances: (await moneyBalances(tx)).filter(({ amount }) => amount !== 0),
    openHolds: await countOpenHolds(tx),
    limits: Object.entries(limits).map(([name, { used, max }]) => ({ name, used, max })),
    overLimits,
    openInvoices: await invoiceViews(tx, await openInvoices(tx)),
  };
}

/** Who suspended, reactivated or closed the account last. */
async function decisionOf(tx: AccountTransaction) {
  const actions = ['account.suspend', 'account.reactivate', 'account.close'];
  const entry = await newestAuditOf(tx, { actions, subjectId: tx.accountId });
  return entry === null ? null : { at: entry.at, by: entry.actor, reason: entry.facts['reason'] ?? null };
}

/** When grace ends of a subscription that has any; null for a trial and for one that was cancelled or never paid. */
async function graceEndsAt(tx: AccountTransaction, subscription: CurrentSubscription): Promise<Date | null> {
  const { status, planId } = subscription;
  if (status !== 'active' && status !== 'past_due') return null;
  return graceEndOf(subscription, (await plansOf(tx, [planId]))(planId).graceDays);
}

async function periodsOf(tx: AccountTransaction, { running, following }: CurrentSubscription) {
  const begun = (await begunPeriods(tx, begunPeriodsMax)).toReversed();
  const past = begun.filter(({ id, startsAt }) => id !== running.id && startsAt < running.startsAt);
  const periods = [...past, running, ...following];
  const plans = await plansOf(
    tx,
    periods.map(({ planId }) => planId),
  );
  const view = (
    { planId, startsAt, endsAt, paymentId }: PaidPeriod,
    state: 'past' | 'running' | 'coming',
  ) => {
    const { slug: planSlug, version: planVersion } = plans(planId);
    return { planSlug, planVersion, startsAt, endsAt, state, paymentId };
  };
  return [
    ...past.map((period) => view(period, 'past')),
    view(running, running.endsAt > tx.now ? 'running' : 'past'),
    ...following.map((period) => view(period, 'coming')),
  ];
}
