import { freeMonthsAt } from '@tenantry/domain/billing/free';
import { type LifeStep, lifeSteps } from '@tenantry/domain/billing/life';
import { placePeriods } from '@tenantry/domain/billing/period';
import { type BilledPlan, freeMonths } from '@tenantry/domain/billing/plan';
import { quotePlan } from '@tenantry/domain/billing/quote';
import type { SubscriptionStatus } from '@tenantry/domain/standing';
import { addDays, addMonths } from '@tenantry/domain/time';
import { between, table } from './table.ts';

const start = new Date('2026-03-01T00:00:00Z');
const end = addMonths(start, 1);
const graceDays = 7;
const dayOf = ({ at }: LifeStep) => (Number(at) - Number(end)) / 86_400_000;
const signed = (days: number) => (days > 0 ? `+${days}` : String(days));

/** What each step is, with the message that tells of it. */
function meaningOf(step: LifeStep): [string, string] {
  switch (step.kind) {
    case 'renewal_invoice':
      return ['the next period is invoiced, unless an invoice for it is open', '`invoice.issued`'];
    case 'reminder':
      return ['a reminder of the open invoice', '`invoice.reminder`'];
    case 'trial_ending':
      return ['the trial ends soon', '`subscription.trial_ending`'];
    case 'period':
      return ['a period that was paid ahead begins', '`subscription.renewed` or `subscription.changed`'];
    case 'month':
      return ['a month of a plan that costs nothing begins', '`subscription.renewed`'];
    case 'status':
      return step.status === 'past_due'
        ? ['grace begins', '`subscription.past_due`']
        : ['access ends', '`subscription.ended`'];
  }
}

const statuses: readonly SubscriptionStatus[] = ['trialing', 'active', 'cancelled'];
const following = [{ id: 'next', startsAt: end }];

const lifeRows = statuses.flatMap((status) =>
  lifeSteps({ status, paidThrough: end, graceDays, isFree: false, following: [] }, 7).map((step) => [
    `\`${status}\``,
    signed(dayOf(step)),
    ...meaningOf(step),
  ]),
);
const aheadRows = lifeSteps(
  { status: 'active', paidThrough: addMonths(end, 1), graceDays, isFree: false, following },
  7,
)
  .filter(({ kind }) => kind === 'period')
  .map((step) => ['`active`', 'its start', ...meaningOf(step)]);

const [freePeriod] = placePeriods(start, start, [
  { id: 'free', planId: 'free', months: freeMonths, invoiceId: null, paymentId: null, creditsLess: 0 },
]);
const freeRows = lifeSteps(
  {
    status: 'active',
    paidThrough: addMonths(start, freeMonths),
    graceDays,
    isFree: true,
    following: [],
    months: freePeriod === undefined ? [] : freeMonthsAt(freePeriod, start),
  },
  7,
)
  .filter(({ kind }) => kind === 'month')
  .map((step) => ['`active`', 'each month', ...meaningOf(step)]);

const plan = (id: string, priceAmount: number, more: Partial<BilledPlan> = {}): BilledPlan => ({
  id,
  priceAmount,
  currency: 'USD',
  cycle: 'monthly',
  includedCredits: 5000,
  rolloverCreditsMax: 0,
  graceDays,
  ...more,
});
const plans = [
  plan('running', 2900),
  plan('better', 8900),
  plan('cheaper', 900),
  plan('other currency', 8900, { currency: 'EUR' }),
];
const planOf = (id: string) => plans.find((one) => one.id === id) ?? plan(id, 0);

/** Each case of a change: what it is, the status, the plan that is asked for, and when. */
const cases: readonly [what: string, status: SubscriptionStatus, to: string, days: number][] = [
  ['a plan that costs more a month, while a period runs', 'active', 'better', 15],
  ['the same plan, or another version of it', 'active', 'running', 15],
  ['a plan that costs less a month', 'active', 'cheaper', 15],
  ['a plan in another currency', 'active', 'other currency', 15],
  ['any plan in grace', 'active', 'better', 33],
  ['any plan after grace', 'active', 'better', 60],
  ['any plan from a trial', 'trialing', 'better', 5],
  ['any plan after the end of a cancelled one', 'cancelled', 'better', 33],
];

const changeRows = cases.map(([what, status, to, days]) => {
  const unplaced = {
    id: 'period',
    planId: 'running',
    months: 1,
    invoiceId: null,
    paymentId: null,
    creditsLess: 0,
  };
  const [running] = placePeriods(start, start, [unplaced]);
  if (running === undefined) throw new Error('Nothing was placed.');
  const asking = { current: { running, following: [], status }, planOf, creditsLeft: 5000 };
  const now = addDays(start, days);
  const quote = quotePlan(asking, planOf(to), { now, paymentDays: 14, isRenewal: to === 'running' });
  const begins = quote.startsAt === null ? 'when it is paid' : 'at `paidThrough`';
  const costs = quote.unused.amount > 0 ? 'its price less the unused part' : 'its price';
  return [what, `\`${quote.kind}\``, begins, costs];
});

/** The page of the life of a subscription, with the tables that the rules themselves make. */
export function billingPage(before: string): string {
  const life = table(['status', 'day', 'what happens', 'message'], [...lifeRows, ...aheadRows, ...freeRows]);
  const changes = table(['asked for', 'invoice', 'begins', 'costs'], changeRows);
  return between(between(before, 'life', life), 'changes', changes);
}
