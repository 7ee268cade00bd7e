import type { ThrottleScope } from '@tenantry/domain/plans';
import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

/** Rates are by the minute. */
const windowSeconds = 60;

/** Whose calls a bucket counts. */
export type BucketKind = 'account' | 'key' | 'user' | 'staff_account' | 'address';

export interface Bucket {
  kind: BucketKind;
  id: string;
  scope: ThrottleScope;
  /** Calls a minute. */
  rate: number;
}

/** What a bucket says after a call: whether it passed, what is left, and when the window begins anew. */
export interface Verdict {
  allowed: boolean;
  scope: ThrottleScope;
  rate: number;
  remaining: number;
  resetSeconds: number;
}

export interface Throttle {
  /** Takes `cost` points from each bucket in order; the first that is empty decides, and later ones are untouched. */
  consume(buckets: readonly Bucket[], cost: number): Promise<Verdict | undefined>;
}

/** The one function that names buckets: no two of kind, id and scope share a name. Throws without an id. */
export function bucketName({ kind, id, scope }: Bucket): string {
  if (id === '') throw new Error('a throttle bucket needs an id');
  return `${kind}:${scope}:${id}`;
}

/** A throttle that lets everything pass, for demos that say so. */
export const openThrottle: Throttle = { consume: async () => undefined };

/** Where several processes count together. */
export type ThrottleStore = { redis: Redis } | { pool: object };

/** Counts in the store, and in this process while that is away; without a store in this process alone. */
export function makeThrottle(store?: ThrottleStore): Throttle {
  const limiters = new Map<number, RateLimiterAbstract>();
  const limiterOf = (rate: number): RateLimiterAbstract => {
    const known = limiters.get(rate);
    if (known !== undefined) return known;
    const made = makeLimiter(rate, store);
    limiters.set(rate, made);
    return made;
  };
  return {
    async consume(buckets, cost) {
      if (!Number.isInteger(cost) || cost < 1) throw new RangeError('a call costs at least one point');
      let tightest: Verdict | undefined;
      for (const bucket of buckets) {
        const verdict = await consumeOne(limiterOf(bucket.rate), bucket, cost);
        if (!verdict.allowed) return verdict;
        if (tightest === undefined || verdict.remaining < tightest.remaining) tightest = verdict;
      }
      return tightest;
    },
  };
}

function makeLimiter(rate: number, store: ThrottleStore | undefined): RateLimiterAbstract {
  const options = { points: rate, duration: windowSeconds, keyPrefix: `throttle:${rate}` };
  const own = new RateLimiterMemory(options);
  if (store === undefined) return own;
  const shared = { ...options, insuranceLimiter: own };
  if ('redis' in store) return new RateLimiterRedis({ ...shared, storeClient: store.redis });
  const table = { tableName: 'throttle_bucket', tableCreated: true, clearExpiredByTimeout: false };
  return new RateLimiterPostgres({ ...shared, ...table, storeClient: store.pool, storeType: 'pool' });
}

async function consumeOne(limiter: RateLimiterAbstract, bucket: Bucket, cost: number): Promise<Verdict> {
  const { scope, rate } = bucket;
  const say = (allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Verdict => {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    return { allowed, scope, rate, remaining: Math.max(0, remainingPoints), resetSeconds };
  };
  try {
    return say(true, await limiter.consume(bucketName(bucket), cost));
  } catch (full) {
    if (full instanceof RateLimiterRes) return say(false, full);
    throw full;
  }
}

/** The IETF draft's header fields for a verdict. */
export function rateHeaders({ scope, rate, remaining, resetSeconds }: Verdict): [string, string][] {
  return [
    ['ratelimit-policy', `"${scope}";q=${rate};w=${windowSeconds}`],
    ['ratelimit', `"${scope}";r=${remaining};t=${resetSeconds}`],
  ];
}
