import { type PaidPeriod, monthStart } from './period.ts';
import { type BilledPlan, monthsOfCycle } from './plan.ts';

/**
 * The part of a running period that an upgrade pays with: plan credits that are not used, the later months that it takes
 * whole, and what both are worth in minor units of the plan's currency.
 */
export interface UnusedPart {
  credits: number;
  months: number;
  amount: number;
}

/** A running period with its plan, and the plan credits that are left of its running month. */
export interface RunningPeriod {
  period: PaidPeriod;
  plan: BilledPlan;
  creditsLeft: number;
}

const nothing: UnusedPart = { credits: 0, months: 0, amount: 0 };

/** How many months of a period have begun at `now`; at least one, since the period itself has. */
export function monthsBegun(period: PaidPeriod, now: Date): number {
  let begun = 1;
  while (begun < period.months && monthStart(period, begun) <= now) begun += 1;
  return begun;
}

/**
 * What the running period still is worth when a better plan takes its place at `now`: the smaller of its unused time and
 * its unused plan credits, floored to minor units. Months that have not begun are unused whole; as many of them count as
 * leave something of the new price to pay, and the others keep their place. A period that is over, and a plan that costs
 * nothing or is priced in another currency, are worth nothing. So are credits where the new plan brings none: those that
 * are spent before the payment could not be taken from it.
 */
export function unusedPart(
  { period, plan, creditsLeft }: RunningPeriod,
  next: BilledPlan,
  now: Date,
): UnusedPart {
  if (now >= period.endsAt || plan.priceAmount === 0 || plan.currency !== next.currency) return nothing;
  const begun = monthsBegun(period, now);
  const time = timeLeft(period, begun, now);
  if (plan.includedCredits > 0 && next.includedCredits === 0) return nothing;
  for (let months = period.months - begun; months >= 0; months -= 1) {
    const { credits: ofMonths } = creditsOfMonths(period, plan, { begun, months });
    const part = partOf(plan, { time, months, ofMonths, creditsLeft });
    if (part.amount < next.priceAmount) return part;
  }
  return nothing;
}

/** The credits of the first months that have not begun, and what the months after them bring less than their plan. */
export function creditsOfMonths(
  { creditsLess }: Pick<PaidPeriod, 'creditsLess'>,
  { includedCredits }: Pick<BilledPlan, 'includedCredits'>,
  { begun, months }: { begun: number; months: number },
): { credits: number; lessLeft: number } {
  const included = includedCredits * months;
  const less = Math.max(0, creditsLess - includedCredits * begun);
  const lessHere = Math.min(less, included);
  return { credits: included - lessHere, lessLeft: less - lessHere };
}

interface Share {
  time: { left: bigint; whole: bigint };
  months: number;
  ofMonths: number;
  creditsLeft: number;
}

function partOf(
  { priceAmount, includedCredits, cycle }: BilledPlan,
  { time: { left, whole }, months, ofMonths, creditsLeft }: Share,
): UnusedPart {
  const price = BigInt(priceAmount);
  const monthsPaid = BigInt(monthsOfCycle[cycle]);
  if (includedCredits === 0) {
    // A plan without credits has only time to be unused.
    const amount = (price * (left + BigInt(months) * whole)) / (monthsPaid * whole);
    return { credits: 0, months, amount: Number(amount) };
  }
  const included = BigInt(includedCredits);
  const ofMonth = smallest(BigInt(creditsLeft), (included * left) / whole);
  const credits = ofMonth + BigInt(ofMonths);
  return { credits: Number(credits), months, amount: Number((price * credits) / (included * monthsPaid)) };
}

const smallest = (one: bigint, other: bigint) => (one < other ? one : other);

/** The milliseconds of the running month that are left, and that it has. */
function timeLeft(period: PaidPeriod, begun: number, now: Date): Share['time'] {
  const began = monthStart(period, begun - 1);
  const ends = begun === period.months ? period.endsAt : monthStart(period, begun);
  const between = (from: Date) => BigInt(ends.getTime() - from.getTime());
  return { left: between(now), whole: between(began) };
}
