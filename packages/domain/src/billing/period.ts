import { addMonths } from '../time.ts';

/** A period that was paid, [startsAt, endsAt). Each of its months begins whole months after `anchorAt`. */
export interface PaidPeriod {
  id: string;
  planId: string;
  /** The start of the first paid period of the row of periods that this one belongs to. */
  anchorAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** How many months it has; each brings the credits of the plan. */
  months: number;
  /** The invoice that it was bought with; null where none is known. */
  invoiceId: string | null;
  /** The payment that completed the invoice; null where a balance did, or none is known. */
  paymentId: string | null;
  /** By how many credits its months bring less than their plan, the first months first. */
  creditsLess: number;
}

/** A paid period without its place in time. */
export type UnplacedPeriod = Pick<
  PaidPeriod,
  'id' | 'planId' | 'months' | 'invoiceId' | 'paymentId' | 'creditsLess'
>;

/** How many whole months after an anchor a moment is, with the day cut to the length of the month; undefined otherwise. */
export function monthsAfter(anchorAt: Date, at: Date): number | undefined {
  const years = at.getUTCFullYear() - anchorAt.getUTCFullYear();
  const months = years * 12 + at.getUTCMonth() - anchorAt.getUTCMonth();
  return addMonths(anchorAt, months).getTime() === at.getTime() ? months : undefined;
}

/** When a month of a period begins, numbered from 0. It follows from the anchor, so that the day never drifts. */
export function monthStart(
  { id, anchorAt, startsAt }: Pick<PaidPeriod, 'id' | 'anchorAt' | 'startsAt'>,
  number: number,
): Date {
  const first = monthsAfter(anchorAt, startsAt);
  if (first === undefined) throw new Error(`Period ${id} does not begin whole months after its anchor.`);
  return addMonths(anchorAt, first + number);
}

/**
 * Places periods one after the other, without a gap. The first begins at `from`: whole months after the anchor, or at
 * an anchor of its own.
 */
export function placePeriods(anchorAt: Date, from: Date, periods: readonly UnplacedPeriod[]): PaidPeriod[] {
  const known = monthsAfter(anchorAt, from);
  const anchor = known === undefined ? from : anchorAt;
  let months = known ?? 0;
  return periods.map(({ months: length, ...period }) => {
    const startsAt = addMonths(anchor, months);
    months += length;
    const endsAt = addMonths(anchor, months);
    return { ...period, months: length, anchorAt: anchor, startsAt, endsAt };
  });
}

/** A subscription's period as it was when it was last written, with the periods that were paid to follow it. */
export interface PaidPeriods {
  running: PaidPeriod;
  /** What begins later, in order. */
  following: readonly PaidPeriod[];
}

/** The period that runs at `now`, and what begins after it. */
export function periodsAt({ running, following }: PaidPeriods, now: Date): PaidPeriods {
  const begun = following.filter(({ startsAt }) => startsAt <= now);
  return { running: begun.at(-1) ?? running, following: following.slice(begun.length) };
}

/** The end of what was paid. */
export function paidThroughOf({ running, following }: PaidPeriods): Date {
  return (following.at(-1) ?? running).endsAt;
}
