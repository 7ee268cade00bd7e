import { attemptRule } from '@tenantry/domain/attempts';
import type { ThrottleScope } from '@tenantry/domain/plans';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
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
export type BucketKind = 'account' | 'key' | 'service_key' | 'user' | 'session' | 'staff_account' | 'address';

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
  /**
   * Takes the points of several calls from one bucket in one trip to the store. The verdicts are those that the calls
   * would get one after the other.
   */
  consumeAll(bucket: Bucket, costs: readonly number[]): Promise<readonly (Verdict | undefined)[]>;
  /**
   * What a call of `cost` points would be told, without taking any. Undefined where this process does not see what others
   * count: it has no store that they share, or counts nothing.
   */
  look(bucket: Bucket, cost: number): Promise<Verdict | undefined>;
}

/** The one function that names buckets: no two of kind, id and scope share a name. Throws without an id. */
export function bucketName({ kind, id, scope }: Bucket): string {
  if (id === '') throw new Error('a throttle bucket needs an id');
  return `${kind}:${scope}:${id}`;
}

/** A throttle that lets everything pass, for demos that say so. */
export const openThrottle: Throttle = {
  consume: async () => undefined,
  consumeAll: async (_bucket, costs) => costs.map(() => undefined),
  look: async () => undefined,
};

/** Takes points from buckets in order, with what takes them from one bucket. */
export async function consumeInOrder(
  buckets: readonly Bucket[],
  takeFrom: (bucket: Bucket) => Promise<Verdict | undefined>,
): Promise<Verdict | undefined> {
  let tightest: Verdict | undefined;
  for (const bucket of buckets) {
    const verdict = await takeFrom(bucket);
    if (verdict?.allowed === false) return verdict;
    if (verdict !== undefined && verdict.remaining < (tightest?.remaining ?? Number.POSITIVE_INFINITY))
      tightest = verdict;
  }
  return tightest;
}

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
  const full = store === undefined ? undefined : rememberFull();
  const consumeAll = async (bucket: Bucket, costs: readonly number[]): Promise<readonly Verdict[]> => {
    if (costs.some((cost) => !Number.isInteger(cost) || cost < 1))
      throw new RangeError('a call costs at least one point');
    const known = full?.find(bucket);
    if (known !== undefined) return costs.map(() => known);
    const verdicts = await consumeFrom(limiterOf(bucket.rate), bucket, costs);
    const refused = verdicts.find(({ allowed }) => !allowed);
    if (refused !== undefined) full?.remember(bucket, refused);
    return verdicts;
  };
  return {
    consumeAll,
    look: async (bucket, cost) => {
      if (store === undefined) return undefined;
      const counted = await limiterOf(bucket.rate).get(bucketName(bucket));
      const left =
        counted === null || counted.msBeforeNext <= 0 ? windowSeconds * 1000 : counted.msBeforeNext;
      return verdictOf(bucket, (counted?.consumedPoints ?? 0) + cost, left);
    },
    consume: (buckets, cost) =>
      consumeInOrder(buckets, async (bucket) => (await consumeAll(bucket, [cost]))[0]),
  };
}

const fullBucketsMax = 10_000;

/**
 * Remembers the buckets of a shared store that have refused a call: they refuse every call until their window ends, and
 * nobody needs to ask the store again.
 */
function rememberFull() {
  const ends = new LRUCache<string, { atMilliseconds: number }>({ max: fullBucketsMax });
  const placeOf = (bucket: Bucket) => `${bucket.rate} ${bucketName(bucket)}`;
  return {
    find: (bucket: Bucket): Verdict | undefined => {
      const end = ends.get(placeOf(bucket));
      const left = (end?.atMilliseconds ?? 0) - performance.now();
      return left > 0 ? verdictOf(bucket, bucket.rate + 1, left) : undefined;
    },
    remember: (bucket: Bucket, { resetMilliseconds }: Counted): void =>
      void ends.set(placeOf(bucket), { atMilliseconds: performance.now() + resetMilliseconds }),
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

/** A verdict with the exact time that is left of the window. */
type Counted = Verdict & { readonly resetMilliseconds: number };

/** What a bucket says of a call after which so many points of its window are used. */
function verdictOf({ scope, rate }: Bucket, usedPoints: number, resetMilliseconds: number): Counted {
  const resetSeconds = Math.max(1, Math.ceil(resetMilliseconds / 1000));
  const remaining = Math.max(0, rate - usedPoints);
  return { allowed: usedPoints <= rate, scope, rate, remaining, resetSeconds, resetMilliseconds };
}

/** A refused call takes its points as well, so each verdict follows from what was used before them all. */
async function consumeFrom(
  limiter: RateLimiterAbstract,
  bucket: Bucket,
  costs: readonly number[],
): Promise<Counted[]> {
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const counted = await countIn(limiter, bucketName(bucket), total);
  let used = counted.consumedPoints - total;
  return costs.map((cost) => {
    used += cost;
    return verdictOf(bucket, used, counted.msBeforeNext);
  });
}

async function countIn(limiter: RateLimiterAbstract, name: string, points: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(name, points);
  } catch (full) {
    if (full instanceof RateLimiterRes) return full;
    throw full;
  }
}

/** The same header fields for a lock after too many failed attempts: nothing is left until it ends. */
export function lockHeaders(retryAfterSeconds: number): [string, string][] {
  const { failuresMax, windowSeconds: seconds } = attemptRule;
  return [
    ['ratelimit-policy', `"attempts";q=${failuresMax};w=${seconds}`],
    ['ratelimit', `"attempts";r=0;t=${retryAfterSeconds}`],
  ];
}

/** The IETF draft's header fields for a verdict. */
export function rateHeaders({ scope, rate, remaining, resetSeconds }: Verdict): [string, string][] {
  return [
    ['ratelimit-policy', `"${scope}";q=${rate};w=${windowSeconds}`],
    ['ratelimit', `"${scope}";r=${remaining};t=${resetSeconds}`],
  ];
}
