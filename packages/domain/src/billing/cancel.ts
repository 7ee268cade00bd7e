import { type Refusal, refuse } from '../refusals.ts';
import { type Subscription, type SubscriptionStatus, computedStatus } from '../standing.ts';

/**
 * Refuses `conflict` for a subscription that has ended, by its status or by time: nothing of it is left to cancel. One in
 * grace can be cancelled, and then ends at once; one that is cancelled stays so.
 */
export function refusalIfEnded(
  subscription: Pick<Subscription, 'status' | 'paidThrough'>,
  graceDays: number,
  now: Date,
): Refusal<'conflict'> | undefined {
  return computedStatus(subscription, graceDays, now) === 'expired' ? refuse('conflict') : undefined;
}

/**
 * The status of a subscription that goes on: what it was before it was cancelled, a trial where nothing was ever paid. One
 * that is not cancelled stays as it is. Refuses `conflict` for one that has ended: paying begins it anew.
 */
export function statusAfterResume(
  subscription: Pick<Subscription, 'status' | 'paidThrough' | 'anchorAt'>,
  graceDays: number,
  now: Date,
): SubscriptionStatus | Refusal<'conflict'> {
  const ended = refusalIfEnded(subscription, graceDays, now);
  if (ended !== undefined) return ended;
  const { status, anchorAt } = subscription;
  if (status !== 'cancelled') return status;
  return anchorAt === null ? 'trialing' : 'active';
}
