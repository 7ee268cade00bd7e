/** Answers of a look-up, each kept for a bounded time and at most `entriesMax` of them. */
export interface Cache<T> {
  /** The kept answer, or that of `load`; concurrent callers share one load. Nothing is kept of an undefined answer. */
  get(key: string, load: () => Promise<T | undefined>): T | Promise<T | undefined>;
  forget(key: string): void;
  clear(): void;
}

/**
 * Makes a cache whose answers are at most `lifetimeMilliseconds` old, counted from before they were loaded. While
 * `mayKeep` says no, it keeps nothing and gives nothing that it kept.
 */
export function makeCache<T>(
  lifetimeMilliseconds: number,
  mayKeep: () => boolean = () => true,
  entriesMax = 50_000,
  elapsed: () => number = () => performance.now(),
): Cache<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const loading = new Map<string, Promise<T | undefined>>();

  async function loadOnce(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const until = elapsed() + lifetimeMilliseconds;
    const promise = load();
    loading.set(key, promise);
    try {
      const value = await promise;
      // A key that was forgotten meanwhile has no loading entry of ours, and its answer may be stale.
      if (value !== undefined && loading.get(key) === promise && mayKeep()) keep(key, { value, until });
      return value;
    } finally {
      if (loading.get(key) === promise) loading.delete(key);
    }
  }

  function keep(key: string, entry: { value: T; until: number }): void {
    kept.delete(key);
    kept.set(key, entry);
    const oldest = kept.size > entriesMax ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
  }

  return {
    get(key, load) {
      if (!mayKeep()) return load();
      const entry = kept.get(key);
      if (entry !== undefined && elapsed() < entry.until) return entry.value;
      return loading.get(key) ?? loadOnce(key, load);
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
