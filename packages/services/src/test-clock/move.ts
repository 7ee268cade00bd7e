import type { MoveTestClockInput } from '@tenantry/contract/test-clock';
import { lockClock, moveClock } from '@tenantry/db/account/queries';
import { runSteps } from '../subscription/steps.ts';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { timeAhead } from '@tenantry/domain/time';
import { bringUpToDate } from '@tenantry/ledger/change';
import type { MemberContext } from '../context.ts';

/** How far a clock can be ahead of real time: ten years. */
const aheadMillisecondsMax = 10 * 365 * 86_400_000;

/**
 * Moves the clock of a sandbox account, never back. Everything that follows from time for this account follows: what is
 * due on the way is done at its own time, in order, as the worker would have done it. Refuses `invalid_input` for a time
 * before that of the account, or more than ten years ahead.
 */
export async function moveTestClock(
  { commit, now: realTime, sessionCache, billing }: MemberContext<'sessionCache' | 'billing'>,
  input: MoveTestClockInput,
) {
  let accountId = '';
  const moved = await commit(async (tx) => {
    accountId = tx.accountId;
    const from = timeAhead(realTime, await lockClock(tx));
    const to = targetOf(input, { from, realTime });
    if (isRefusal(to)) return to;
    await liveUntil(tx, { from, to }, billing);
    const aheadMilliseconds = to.getTime() - realTime.getTime();
    await moveClock(tx, aheadMilliseconds);
    return { now: to, aheadSeconds: Math.round(aheadMilliseconds / 1000) };
  });
  if (!isRefusal(moved)) sessionCache.forgetAccount(accountId);
  return moved;
}

/** Where the clock is moved to. */
function targetOf(
  { at, advanceSeconds = 0 }: MoveTestClockInput,
  { from, realTime }: { from: Date; realTime: Date },
): Date | Refusal<'invalid_input'> {
  const path = at === undefined ? 'advanceSeconds' : 'at';
  const to = at === undefined ? timeAhead(from, advanceSeconds * 1000) : new Date(at);
  const message = faultOf(to, { from, realTime });
  return message === undefined ? to : refuse('invalid_input', { errors: [{ path, message }] });
}

function faultOf(to: Date, { from, realTime }: { from: Date; realTime: Date }): string | undefined {
  if (to < from)
    return `is before the time of the account, ${from.toISOString()}; a test clock never goes back`;
  if (to.getTime() - realTime.getTime() > aheadMillisecondsMax) return 'is more than ten years ahead';
  return undefined;
}

/** Does what becomes due between two times, each step at its own time. */
async function liveUntil(
  tx: AccountTransaction,
  { from, to }: { from: Date; to: Date },
  billing: Parameters<typeof runSteps>[1],
): Promise<void> {
  for (let at: Date | null = from; at !== null && at <= to; )
    at = await runSteps({ ...tx, now: at }, billing);
  // Holds, grants and months are written each at its own time, whenever that is done.
  const end = { ...tx, now: to };
  while (await bringUpToDate(end));
}
