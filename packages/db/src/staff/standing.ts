import type { SoughtStanding } from '@tenantry/domain/account/list';
import { reviewDays } from '@tenantry/domain/billing/review';
import type { Plan } from '@tenantry/domain/plans';
import {
  type AccountStatus,
  type Standing,
  type SubscriptionStatus,
  standing,
} from '@tenantry/domain/standing';
import { addDays, timeAhead } from '@tenantry/domain/time';
import { rfc3339, rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** Accounts with their subscriptions and the plans that run at a time of real time, as a `from` clause. */
export const accountsWithPlans = (now: `$${number}`): string => `from account
join subscription on subscription.account_id = account.id
left join lateral (select paid.plan_id from subscription_period paid where paid.account_id = account.id
  and paid.starts_at > subscription.period_start
  and paid.starts_at <= ${now}::timestamptz + make_interval(secs => account.ahead_milliseconds / 1000.0)
  order by paid.starts_at desc, paid.id desc limit 1) begun on true
join plan on plan.id = coalesce(begun.plan_id, subscription.plan_id)`;

/** Until when grace lasts at least, by the account's own clock: while a payment waits for staff, or as staff gave it. */
const longerGrace = 'greatest(subscription.review_until, subscription.grace_until)';

/** Whether the grace of an account may be longer than its plan says; indexes know. */
export const mayHaveLongerGrace =
  '(subscription.review_until is not null or subscription.grace_until is not null)';

/** When the grace of an account ends, in real time. */
export const graceEnd = `greatest(subscription.ends_at + make_interval(hours => 24 * plan.grace_days),
  ${longerGrace} - make_interval(secs => account.ahead_milliseconds / 1000.0))`;

/**
 * The standing of an account at a time of real time as one word, as `standing` of the domain computes it: good, grace, or
 * the code of its refusal. A test compares the two for every combination of facts.
 */
export const standingAt = (now: `$${number}`): string => `case
when account.status = 'closed' then 'account_closed' when account.status = 'suspended' then 'account_suspended'
when plan.state = 'withdrawn' then 'plan_inactive' when subscription.status = 'pending_payment' then 'payment_pending'
when subscription.status = 'expired' then 'subscription_expired' when subscription.ends_at > ${now}::timestamptz then 'good'
when subscription.status = 'trialing' then 'trial_expired' when subscription.status = 'cancelled' then 'subscription_cancelled'
when ${graceEnd} > ${now}::timestamptz then 'grace' else 'payment_overdue' end`;

/** The columns of a row that its standing follows from. */
export const standingColumns = `account.status, subscription.status as "subscriptionStatus",
account.ahead_milliseconds::float8 as ahead, plan.state as "planState", plan.grace_days as "graceDays",
${rfc3339('subscription.ends_at + make_interval(secs => account.ahead_milliseconds / 1000.0)')} as "paidThrough",
${rfc3339(longerGrace)} as "reviewUntil"`;

/** What of an account its standing follows from, as a row has it. */
export interface StandingRow {
  status: AccountStatus;
  subscriptionStatus: SubscriptionStatus;
  /** How far its clock is ahead of real time, in milliseconds. */
  ahead: number;
  paidThrough: string;
  /** Until when grace lasts at least, while a payment waits for staff or by their decision. */
  reviewUntil: string | null;
  planState: Plan['state'];
  graceDays: number;
}

/** The standing of a row at a time of real time. */
export function standingOf(row: StandingRow, now: Date): Standing {
  const { status, subscriptionStatus, planState: state, graceDays } = row;
  const reviewUntil = row.reviewUntil === null ? null : new Date(row.reviewUntil);
  const subscription = { status: subscriptionStatus, paidThrough: new Date(row.paidThrough), reviewUntil };
  return standing({ status }, subscription, { state, graceDays }, timeAhead(now, row.ahead));
}

/** Who may be in a standing, by what indexes know. What is left out says nothing. */
export interface StandingBounds {
  accountStatuses?: readonly AccountStatus[];
  statuses?: readonly SubscriptionStatus[];
  endsAfter?: Date;
  endsBy?: Date;
  /** The plans of which one runs, or is paid to run. */
  planIds?: readonly string[];
}

/** A version of a plan, as far as bounds follow from it. */
export interface PlanFacts {
  id: string;
  slug: string;
  state: string;
  graceDays: number;
}

/** Every version of every plan. */
export function planFacts(tx: Transaction): Promise<PlanFacts[]> {
  return rows<PlanFacts>(tx, 'select id, slug, state, grace_days as "graceDays" from plan');
}

/** The bounds of a standing at a time; the standing itself decides. */
export function boundsOf(
  sought: SoughtStanding | undefined,
  now: Date,
  plans: readonly PlanFacts[],
): StandingBounds {
  const active = { accountStatuses: ['active'] } as const;
  const paying = { ...active, statuses: ['active', 'past_due'], endsBy: now } as const;
  const graceDaysMax = Math.max(0, ...plans.map(({ graceDays }) => graceDays)) + reviewDays;
  switch (sought) {
    case undefined:
      return {};
    case 'account_closed':
      return { accountStatuses: ['closed'] };
    case 'account_suspended':
      return { accountStatuses: ['suspended'] };
    case 'plan_inactive': {
      const withdrawn = plans.filter(({ state }) => state === 'withdrawn');
      return { ...active, planIds: withdrawn.map(({ id }) => id) };
    }
    case 'payment_pending':
      return { ...active, statuses: ['pending_payment'] };
    case 'subscription_expired':
      return { ...active, statuses: ['expired'] };
    case 'good':
      return { ...active, endsAfter: now };
    case 'trial_expired':
      return { ...active, statuses: ['trialing'], endsBy: now };
    case 'subscription_cancelled':
      return { ...active, statuses: ['cancelled'], endsBy: now };
    case 'grace':
      return { ...paying, endsAfter: addDays(now, -graceDaysMax) };
    case 'payment_overdue':
      return paying;
  }
}
