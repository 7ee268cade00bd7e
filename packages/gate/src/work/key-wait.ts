import { setTimeout as pause } from 'node:timers/promises';
import type { KeyedCall } from '@tenantry/db/idempotency/call';
import { findCall } from '@tenantry/db/idempotency/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { earlierCallMilliseconds } from '@tenantry/domain/timeouts';
import type { PassedCall } from './handler.ts';
import { ownerOf } from './idempotency.ts';

const pollMilliseconds = 50;

/** Runs a short read-only transaction for the owner of a key. */
type Read = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * Attempts a call. While an earlier call with its key runs, waits up to two seconds in all and attempts again; it holds no
 * transaction while it waits. Answers what the last attempt answers.
 */
export async function attemptWithKey<T>(
  ctx: PassedCall,
  { keyed, read }: { keyed: KeyedCall | undefined; read: Read },
  attempt: () => Promise<T>,
): Promise<T> {
  if (keyed === undefined) return attempt();
  const until = performance.now() + earlierCallMilliseconds;
  for (;;) {
    const answer = await attempt();
    const isInUse = isRefusal(answer) && answer.refused === 'idempotency_in_flight';
    if (!isInUse || performance.now() >= until) return answer;
    await waitUntilFree(ctx, keyed, { read, until });
  }
}

/** The keys that calls of this process wait for: the calls that wait for one key ask the database once for all. */
const waits = new Map<string, Promise<void>>();

async function waitUntilFree(
  ctx: PassedCall,
  keyed: KeyedCall,
  { read, until }: { read: Read; until: number },
): Promise<void> {
  const owner = ownerOf(ctx);
  const place = [...Object.values(owner), keyed.procedure, keyed.key].join(' ');
  const poll = async () => {
    try {
      do {
        await pause(pollMilliseconds);
        const stored = await read((tx) => findCall(tx, owner, keyed, ctx.now));
        if (stored?.state !== 'running') return;
      } while (performance.now() < until);
    } finally {
      waits.delete(place);
    }
  };
  const waiting = waits.get(place) ?? poll();
  waits.set(place, waiting);
  const timeout = new AbortController();
  const remaining = Math.max(0, until - performance.now());
  await Promise.race([
    waiting,
    pause(remaining, undefined, { signal: timeout.signal }).catch(() => undefined),
  ]);
  timeout.abort();
}
