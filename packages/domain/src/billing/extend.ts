import { type Refusal, refuse } from '../refusals.ts';
import { type StandingFacts, graceEndOf } from '../standing.ts';
import { addDays } from '../time.ts';

/** The most days that staff add to a trial or to grace at once. */
export const extensionDaysMax = 90;

/** More time that staff give an account without a payment. */
export interface Extension {
  kind: 'trial' | 'grace';
  /** When the trial or grace would end, or has ended. */
  from: Date;
  /** When it ends instead. */
  until: Date;
}

/**
 * More days of a trial, or of the grace of a paid plan. They are added to its end, or to now where it has ended, so that
 * the customer has as many days as they were promised. Refuses `conflict` for a subscription that has neither: nothing
 * was ever paid, or it was cancelled or has expired for good.
 */
export function extend(
  subscription: StandingFacts,
  { graceDays, days, now }: { graceDays: number; days: number; now: Date },
): Extension | Refusal<'conflict'> {
  const notBeforeNow = (end: Date) => (end > now ? end : now);
  switch (subscription.status) {
    case 'trialing': {
      const from = subscription.paidThrough;
      return { kind: 'trial', from, until: addDays(notBeforeNow(from), days) };
    }
    case 'active':
    case 'past_due': {
      const from = graceEndOf(subscription, graceDays);
      return { kind: 'grace', from, until: addDays(notBeforeNow(from), days) };
    }
    case 'pending_payment':
    case 'cancelled':
    case 'expired':
      return refuse('conflict');
  }
}
