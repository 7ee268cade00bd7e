import { describe, expect, it } from 'vitest';
import { type Cache, makeCache } from './cache.ts';

interface Answer {
  of: string;
}

/** A cache of three entries with a clock that stands still until it is moved, and a load that can be held back. */
function open(mayKeep: () => boolean = () => true) {
  const clock = { milliseconds: 1 };
  const elapsed = () => clock.milliseconds;
  const bounds = { mayKeep, entriesMax: 3, elapsed, resolutionMilliseconds: 0 };
  const cache: Cache<Answer> = makeCache(100, bounds);
  const loads: PromiseWithResolvers<Answer | undefined>[] = [];
  const load = () => {
    const held = Promise.withResolvers<Answer | undefined>();
    loads.push(held);
    return held.promise;
  };
  const put = (key: string) => cache.get(key, async () => ({ of: key }));
  const isKept = (key: string) => !(cache.get(key, () => Promise.resolve(undefined)) instanceof Promise);
  return { cache, clock, loads, load, put, isKept };
}

describe('a cache', () => {
  it('gives a kept answer without a promise, and the same one', async () => {
    const { cache, load, put } = open();
    const first = await put('a');
    expect(cache.get('a', load)).toBe(first);
  });

  it('shares one load between concurrent callers', async () => {
    const { cache, loads, load } = open();
    const both = [cache.get('a', load), cache.get('a', load)];
    expect(loads).toHaveLength(1);
    loads[0]?.resolve({ of: 'a' });
    for (const answer of both) expect(await answer).toEqual({ of: 'a' });
  });

  it('counts the age of an answer from before it was loaded', async () => {
    const { cache, clock, loads, load, isKept } = open();
    const loading = cache.get('a', load);
    clock.milliseconds += 60;
    loads[0]?.resolve({ of: 'a' });
    await loading;
    clock.milliseconds += 40;
    expect(isKept('a')).toBe(true);
    clock.milliseconds += 1;
    expect(isKept('a')).toBe(false);
  });

  it.each(['forget', 'clear'] as const)('does not keep an answer that was loading at %s', async (verb) => {
    const { cache, loads, load, isKept } = open();
    const loading = cache.get('a', load);
    cache[verb]('a');
    loads[0]?.resolve({ of: 'a' });
    expect(await loading).toEqual({ of: 'a' });
    expect(isKept('a')).toBe(false);
  });

  it('forgets one, and clears all', async () => {
    const { cache, put, isKept } = open();
    await Promise.all([put('a'), put('b'), put('c')]);
    cache.forget('a');
    expect(['a', 'b', 'c'].map(isKept)).toEqual([false, true, true]);
    cache.clear();
    expect(['b', 'c'].map(isKept)).toEqual([false, false]);
  });

  it('keeps nothing of an undefined answer or of a failed load', async () => {
    const { cache, isKept, put } = open();
    expect(await cache.get('a', () => Promise.resolve(undefined))).toBeUndefined();
    await expect(cache.get('b', () => Promise.reject(new Error('fails')))).rejects.toThrow('fails');
    expect(isKept('a')).toBe(false);
    expect(await put('b')).toEqual({ of: 'b' });
  });

  it('drops the least recently used above its bound', async () => {
    const { cache, load, put, isKept } = open();
    for (const key of ['a', 'b', 'c']) await put(key);
    await cache.get('a', load);
    await put('d');
    expect(['a', 'b', 'c', 'd'].map(isKept)).toEqual([true, false, true, true]);
  });

  it('neither keeps nor gives while it may not keep', async () => {
    let mayKeep = true;
    const { cache, loads, load, put, isKept } = open(() => mayKeep);
    await put('a');
    mayKeep = false;
    expect(isKept('a')).toBe(false);
    await put('b');
    mayKeep = true;
    expect(['a', 'b'].map(isKept)).toEqual([true, false]);
    const loading = cache.get('c', load);
    mayKeep = false;
    loads[0]?.resolve({ of: 'c' });
    await loading;
    mayKeep = true;
    expect(isKept('c')).toBe(false);
  });
});
