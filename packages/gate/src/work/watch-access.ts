import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '@tenantry/domain/refusals';
import type { PassedCall } from './handler.ts';
import type { OpenCall } from './open-calls.ts';
import { refusalIfHidden, sitedAnswer } from './stored-answer.ts';

/** How often the gate looks at a call that runs. With what a cache may be old it stays within the five seconds of a revocation. */
const intervalMilliseconds = 1000;

/**
 * Ends a call that runs once the gate would refuse it: after a suspension, a revocation, a sign-out, the end of a
 * membership, or the loss of the site that it is for. Answers how to stop watching. While the gate cannot read what it
 * needs, the call runs on.
 */
export function watchAccess(ctx: PassedCall, input: unknown, open: OpenCall): () => void {
  const watching = new AbortController();
  const { sites } = sitedAnswer(ctx, input, undefined);
  async function watch(): Promise<void> {
    for (;;) {
      await pause(intervalMilliseconds, undefined, { signal: watching.signal, ref: false });
      const now = await ctx.passAgain().catch(() => undefined);
      if (now === undefined) continue;
      const refusal = isRefusal(now)
        ? now
        : refusalIfHidden({ ...ctx, callInfo: now }, { replay: '', sites });
      if (refusal !== undefined) return open.end(refusal);
    }
  }
  watch().catch(() => undefined);
  return () => watching.abort();
}
