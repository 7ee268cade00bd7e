import { type AttemptEnd, type GuardKey, endAttempt, reserveAttempt } from '@tenantry/db/session/guard';
import { attemptRule } from '@tenantry/domain/attempts';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/**
 * Runs an attempt to prove an identity, which is counted before it begins. A refusal `unauthenticated` is a failure of
 * the key, and a success clears the key. Refuses `throttled` before anything is tried: for the rest of the lock, or for
 * a second while as many attempts are under way as may still fail.
 */
export async function guarded<T>(
  { database, now }: Pick<DirectoryContext, 'database' | 'now'>,
  guardKey: GuardKey,
  attempt: () => Promise<T>,
): Promise<T | Refusal<'throttled'>> {
  const taken = await reserveAttempt(database, guardKey, attemptRule, now);
  if (taken !== undefined) return refuse('throttled', { retryAfterSeconds: secondsUntil(taken ?? now, now) });
  let end: AttemptEnd = 'undecided';
  try {
    const outcome = await attempt();
    if (!isRefusal(outcome)) end = 'passed';
    else if (outcome.refused === 'unauthenticated') end = 'failed';
    return outcome;
  } finally {
    await endAttempt(database, guardKey, end, { rule: attemptRule, now });
  }
}

const secondsUntil = (at: Date, now: Date) => Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000));

/** What the codes of a person's second factor are counted under, wherever they are tried from. */
export function secondFactorGuard(
  { identity }: Pick<DirectoryContext<'identity'>, 'identity'>,
  { id, emailDigest }: { id: string; emailDigest: string },
): GuardKey {
  return { key: identity.digestText(`${id} second factor`), subject: emailDigest };
}
