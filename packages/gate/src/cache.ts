import { LRUCache } from 'lru-cache';

/** Answers of a look-up, each kept for a bounded time and at most `entriesMax` of them. */
export interface Cache<T> {
  /** The kept answer, or that of `load`; concurrent callers share one load. Nothing is kept of an undefined answer. */
  get(key: string, load: () => Promise<T | undefined>): T | Promise<T | undefined>;
  forget(key: string): void;
  clear(): void;
}

/** Bounds of a cache, with what they are when a caller does not say. */
export interface CacheOptions {
  /** While it answers false, nothing is kept and nothing that was kept is given. Default: always true. */
  mayKeep?: () => boolean;
  /** The most entries; the one that was used least recently goes first. Default: 50,000. */
  entriesMax?: number;
  /** A clock in milliseconds that starts above 0 and never goes back. Default: `performance.now`. */
  elapsed?: () => number;
  /** For how many milliseconds one reading of that clock serves. Default: 1, since reading it is a third of a hit. */
  resolutionMilliseconds?: number;
}

/**
 * Makes a cache whose answers are at most `lifetimeMilliseconds` old, counted from before they were loaded. A reading of
 * the clock serves the hits of `resolutionMilliseconds`, and of the turn of the event loop in which that time ends.
 */
export function makeCache<T extends object>(
  lifetimeMilliseconds: number,
  {
    mayKeep = () => true,
    entriesMax = 50_000,
    elapsed = () => performance.now(),
    resolutionMilliseconds = 1,
  }: CacheOptions = {},
): Cache<T> {
  const kept = new LRUCache<string, T>({
    max: entriesMax,
    ttl: lifetimeMilliseconds,
    ttlResolution: resolutionMilliseconds,
    perf: { now: elapsed },
  });
  const loading = new Map<string, Promise<T | undefined>>();

  async function loadOnce(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const start = elapsed();
    const promise = load();
    loading.set(key, promise);
    try {
      const value = await promise;
      // A key that was forgotten meanwhile has no loading entry of ours, and its answer may be stale.
      if (value !== undefined && loading.get(key) === promise && mayKeep()) kept.set(key, value, { start });
      return value;
    } finally {
      if (loading.get(key) === promise) loading.delete(key);
    }
  }

  return {
    get(key, load) {
      if (!mayKeep()) return load();
      return kept.get(key) ?? loading.get(key) ?? loadOnce(key, load);
    },
    forget(key) {
      kept.delete(key);
      loading.delete(key);
    },
    clear() {
      kept.clear();
      loading.clear();
    },
  };
}
