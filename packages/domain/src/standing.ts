import type { Plan } from './plans.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';
import { addDays } from './time.ts';

/** What an operator decided about an account. */
export const accountStatuses = ['active', 'suspended', 'closed'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** What money says about an account. */
export const subscriptionStatuses = [
  'trialing',
  'pending_payment',
  'active',
  'past_due',
  'cancelled',
  'expired',
] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** How a subscription is paid. */
export const paymentMethods = ['stripe', 'paypal', 'bank_transfer'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** What money says about an account. The running period is [periodStart, periodEnd). */
export interface Subscription {
  id: string;
  planId: string;
  status: SubscriptionStatus;
  paymentMethod: PaymentMethod;
  externalPaymentId: string | null;
  stripeSubscriptionId: string | null;
  periodStart: Date;
  periodEnd: Date;
  /** The start of the first paid period; null before the first payment. */
  anchorAt: Date | null;
  /** The end of what was paid, with the periods that have not begun; the end of a trial. */
  paidThrough: Date;
  /** Until when grace lasts at least, while a payment waits for staff; null or left out for none. */
  reviewUntil?: Date | null;
  /** Until when grace lasts at least, by a decision of staff; null or left out for none. */
  graceUntil?: Date | null;
}

/** The refusals that an account's standing gives. */
export const standingCodes = [
  'account_closed',
  'account_suspended',
  'plan_inactive',
  'payment_pending',
  'trial_expired',
  'payment_overdue',
  'subscription_cancelled',
  'subscription_expired',
] as const satisfies readonly RefusalCode[];
export type StandingCode = (typeof standingCodes)[number];

/** Whether a refusal is one that the standing gives. */
export function isStandingCode(code: RefusalCode): code is StandingCode {
  const codes: readonly RefusalCode[] = standingCodes;
  return codes.includes(code);
}

export const standingStates = ['good', 'grace', 'refused'] as const;
export type StandingState = (typeof standingStates)[number];

export interface Standing {
  state: StandingState;
  code: StandingCode | null;
  until: Date | null;
}

const refused = (code: StandingCode): Standing => ({ state: 'refused', code, until: null });
/** How far ahead nothing is paid for: what is good for longer has no end. */
const endlessDays = 50 * 365;

const good = (until: Date, now: Date): Standing => ({
  state: 'good',
  code: null,
  until: until > addDays(now, endlessDays) ? null : until,
});

/**
 * Computes what an account may do now; it is never stored. The first match wins and every bound is
 * [start, end). Source: the contract's section on standing.
 */
export function standing(
  account: { status: AccountStatus },
  subscription: StandingFacts,
  plan: Pick<Plan, 'state' | 'graceDays'>,
  now: Date,
): Standing {
  if (account.status === 'closed') return refused('account_closed');
  if (account.status === 'suspended') return refused('account_suspended');
  if (plan.state === 'withdrawn') return refused('plan_inactive');
  return subscriptionStanding(subscription, plan.graceDays, now);
}

/** What of a subscription its standing follows from. */
export type StandingFacts = Pick<Subscription, 'status' | 'paidThrough' | 'reviewUntil' | 'graceUntil'>;

function subscriptionStanding(subscription: StandingFacts, graceDays: number, now: Date): Standing {
  const end = subscription.paidThrough;
  switch (subscription.status) {
    case 'pending_payment':
      return refused('payment_pending');
    case 'trialing':
      return now < end ? good(end, now) : refused('trial_expired');
    case 'active':
    case 'past_due': {
      if (now < end) return good(end, now);
      const graceEnd = graceEndOf(subscription, graceDays);
      return now < graceEnd ? { state: 'grace', code: null, until: graceEnd } : refused('payment_overdue');
    }
    case 'cancelled':
      return now < end ? good(end, now) : refused('subscription_cancelled');
    case 'expired':
      return refused('subscription_expired');
  }
}

/** When grace ends: as the plan says, or later where a payment waits for staff or staff have extended it. */
export function graceEndOf(
  { paidThrough, reviewUntil, graceUntil }: Omit<StandingFacts, 'status'>,
  graceDays: number,
): Date {
  return latestOf(latestOf(addDays(paidThrough, graceDays), reviewUntil), graceUntil);
}

/** The last of two times, of which one may be missing. */
function latestOf(at: Date, other: Date | null | undefined): Date {
  return other != null && other > at ? other : at;
}

/** The standing a procedure asks for: `unpaid` also works when money says no, `any` always works. */
export type RequiredStanding = 'good' | 'unpaid' | 'any';

/** Refuses with the standing's code when it is not enough for a procedure. */
export function refusalIfStandingInsufficient(
  is: Standing,
  required: RequiredStanding,
): Refusal<StandingCode> | undefined {
  if (is.state !== 'refused' || is.code === null || required === 'any') return undefined;
  const operatorSaidNo = is.code === 'account_closed' || is.code === 'account_suspended';
  return required === 'unpaid' && !operatorSaidNo ? undefined : refuse(is.code);
}

/** The status a client is shown: what time has made of the stored one. */
export function computedStatus(
  subscription: StandingFacts,
  graceDays: number,
  now: Date,
): SubscriptionStatus {
  const is = subscriptionStanding(subscription, graceDays, now);
  if (is.code === 'payment_pending') return 'pending_payment';
  if (is.state === 'refused') return 'expired';
  return is.state === 'grace' ? 'past_due' : subscription.status;
}
