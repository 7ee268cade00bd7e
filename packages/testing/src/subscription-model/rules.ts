import { addMonths } from '@tenantry/domain/time';
import type { Facts } from './facts.ts';

const day = 86_400_000;

/** What an account may do at a time, as the contract says it, computed from the stored facts alone. */
export function expectedStanding(facts: Facts, now: number): { state: string; code: string | null } {
  const following = facts.periods.filter(({ startsAt }) => startsAt > facts.periodStart);
  const end = following.at(-1)?.endsAt ?? facts.periodEnd;
  const planId = following.findLast(({ startsAt }) => startsAt <= now)?.planId ?? facts.planId;
  const grace = facts.plans.find(({ id }) => id === planId)?.graceDays ?? 0;
  const refused = (code: string) => ({ state: 'refused', code });
  const good = { state: 'good', code: null };
  if (facts.status === 'pending_payment') return refused('payment_pending');
  if (facts.status === 'expired') return refused('subscription_expired');
  if (now < end) return good;
  if (facts.status === 'trialing') return refused('trial_expired');
  if (facts.status === 'cancelled') return refused('subscription_cancelled');
  const graceEnd = Math.max(end + grace * day, facts.reviewUntil ?? 0);
  return now < graceEnd ? { state: 'grace', code: null } : refused('payment_overdue');
}

/** Every rule that the stored facts break, as sentences. After money was taken back, its credits are owed, and have no worth here. */
export function brokenRules(facts: Facts, { isTakenBack }: { isTakenBack: boolean }): string[] {
  return [
    ...brokenMoney(facts),
    ...tooManyOpen(facts),
    ...unusedBalance(facts),
    ...(isTakenBack ? [] : [...brokenMonths(facts), ...brokenWorth(facts), ...tooManyFree(facts)]),
    ...brokenGrants(facts, isTakenBack),
    ...brokenPeriods(facts),
  ];
}

const rule = (holds: boolean, text: string) => (holds ? [] : [text]);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function brokenMoney({ invoices, received, balance }: Facts): string[] {
  const paid = sum(invoices.map(({ amountPaid }) => amountPaid));
  return [
    ...rule(
      paid + balance === received,
      `${received} came, ${paid} is in invoices and ${balance} in the balance.`,
    ),
    ...rule(
      invoices.every(({ amount }) => amount > 0),
      'An invoice asks for nothing.',
    ),
  ];
}

function tooManyOpen({ invoices }: Facts): string[] {
  const open = invoices.filter(
    ({ kind, status }) => kind !== 'package' && (status === 'open' || status === 'partially_paid'),
  );
  return rule(open.length <= 1, `${open.length} invoices for a change of the subscription are open.`);
}

/** A balance pays what is due. */
function unusedBalance({ invoices, balance }: Facts): string[] {
  const due = invoices.filter(({ status }) => status === 'open' || status === 'partially_paid');
  return rule(balance <= 0 || due.length === 0, `${balance} is in the balance while an invoice is due.`);
}

const shortestMonth = 28 * day;

/** No loop of changes brings the credits of a plan that costs nothing more often than once a month. */
function tooManyFree({ grants, periods, plans }: Facts): string[] {
  const free = new Set(plans.filter(({ price }) => price === 0).map(({ id }) => id));
  const begun = grants
    .flatMap(({ reference }) => {
      const place = monthOf(reference);
      const period = periods.find(({ id }) => id === place?.periodId);
      if (place === undefined || period === undefined || !free.has(period.planId)) return [];
      return [addMonths(new Date(period.startsAt), place.month).getTime()];
    })
    .toSorted((one, other) => one - other);
  const isSoon = begun.some(
    (at, index) => at - (begun[index - 1] ?? Number.NEGATIVE_INFINITY) < shortestMonth,
  );
  return rule(!isSoon, 'Free credits came twice within a month.');
}

/** Each paid invoice has brought its months, but for those that an upgrade took off its price. */
function brokenMonths({ invoices, periods, plans }: Facts): string[] {
  const paid = invoices.filter(({ kind, status }) => kind !== 'package' && status === 'paid');
  const bought = sum(paid.map(({ planId }) => plans.find(({ id }) => id === planId)?.months ?? 0));
  const taken = sum(paid.map(({ creditedMonths }) => creditedMonths));
  // Nobody pays for a plan that costs nothing.
  const priceOf = (planId: string) => plans.find(({ id }) => id === planId)?.price ?? 0;
  const placed = sum(periods.map(({ planId, months }) => (priceOf(planId) === 0 ? 0 : months)));
  return rule(
    placed <= bought && placed >= bought - taken,
    `${bought} months were bought, ${taken} taken off a price, and ${placed} are there.`,
  );
}

/** Which month of which period a grant is of. */
function monthOf(reference: string): { periodId: string; month: number } | undefined {
  const [kind, periodId, month = '0'] = reference.split(':');
  return kind === 'period' && periodId !== undefined ? { periodId, month: Number(month) } : undefined;
}

type Period = Facts['periods'][number];

/** The credits of a month of a period: those of its plan, less what the period brings less and earlier months did not. */
function creditsOfMonth({ plans }: Facts, { planId, creditsLess }: Period, month: number): number {
  const included = plans.find(({ id }) => id === planId)?.credits ?? 0;
  return Math.max(0, included - Math.max(0, creditsLess - included * month));
}

/** Credits were granted for what was paid, each month once, and for nothing else. */
function brokenGrants(facts: Facts, isTakenBack: boolean): string[] {
  const seen = new Set<string>();
  return facts.grants
    .filter(({ kind }) => kind === 'plan')
    .flatMap(({ reference, amount }) => {
      if (reference === 'registration') return [];
      const twice = rule(!seen.has(reference), `${reference} was granted twice.`);
      seen.add(reference);
      const place = monthOf(reference);
      const period = facts.periods.find(({ id }) => id === place?.periodId);
      if (place === undefined || period === undefined)
        return isTakenBack ? twice : [...twice, `${reference} was granted for nothing.`];
      const expected = creditsOfMonth(facts, period, place.month);
      return [...twice, ...rule(amount === expected, `${reference} brought ${amount} and not ${expected}.`)];
    });
}

/**
 * What could ever be consumed of what was bought, each credit at the price of its plan, is worth no more than the money
 * that paid it. So no loop of changes makes credits or money, however the prices of plans compare.
 */
function brokenWorth(facts: Facts): string[] {
  const { grants, invoices, periods, plans } = facts;
  const creditsOf = ({ credits, months }: Facts['plans'][number]) => BigInt(Math.max(1, credits * months));
  const whole = plans.reduce((product, plan) => product * creditsOf(plan), 1n);
  const paid = invoices.filter(({ kind, status }) => kind !== 'package' && status === 'paid');
  const money = BigInt(sum(paid.map(({ amount }) => amount))) * whole;
  const worth = periods.reduce((total, period) => {
    const plan = plans.find(({ id }) => id === period.planId);
    if (plan === undefined || plan.credits === 0) return total;
    const given = new Map(grants.map((grant) => [grant.reference, grant]));
    const consumable = Array.from({ length: period.months }, (_one, month) => {
      const grant = given.get(month === 0 ? `period:${period.id}` : `period:${period.id}:${month}`);
      return grant === undefined ? creditsOfMonth(facts, period, month) : grant.amount - grant.expired;
    });
    return total + (BigInt(sum(consumable)) * BigInt(plan.price) * whole) / creditsOf(plan);
  }, 0n);
  return rule(worth <= money, `Credits worth ${worth} can be consumed, and ${money} was paid (of ${whole}).`);
}

/** Periods follow each other, and begin whole months after their anchor. */
function brokenPeriods({ periods, periodStart }: Facts): string[] {
  const following = periods.filter(({ startsAt }) => startsAt > periodStart);
  return following.flatMap((period, index) => {
    const next = following[index + 1];
    return [
      ...rule(
        period.anchorAt <= period.startsAt && period.startsAt < period.endsAt,
        `${period.id} has no length.`,
      ),
      ...rule(next === undefined || next.startsAt === period.endsAt, `A gap follows ${period.id}.`),
    ];
  });
}
