import { describe, expect, it } from 'vitest';
import { type Bucket, type Verdict, bucketName, makeThrottle, rateHeaders } from './throttle.ts';

const bucket = (id: string, rate = 3): Bucket => ({ kind: 'account', id, scope: 'content_write', rate });

describe('the throttle', () => {
  it('lets exactly the rate pass in a window, and says what is left', async () => {
    const throttle = makeThrottle();
    const verdicts = [];
    for (let call = 0; call < 5; call += 1) verdicts.push(await throttle.consume([bucket('a')], 1));
    expect(verdicts.map((verdict) => [verdict?.allowed, verdict?.remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
  });

  it('leaves other accounts, kinds and scopes alone (E1, E4)', async () => {
    const throttle = makeThrottle();
    for (let call = 0; call < 4; call += 1) await throttle.consume([bucket('a')], 1);
    const others: Bucket[] = [
      bucket('b'),
      { ...bucket('a'), kind: 'key' },
      { ...bucket('a'), scope: 'billing' },
    ];
    for (const other of others) expect((await throttle.consume([other], 1))?.remaining).toBe(2);
  });

  it('lets the first empty bucket decide and takes nothing from the later ones', async () => {
    const throttle = makeThrottle();
    const key: Bucket = { kind: 'key', id: 'k', scope: 'content_write', rate: 1 };
    await throttle.consume([key, bucket('a')], 1);
    const refused = await throttle.consume([key, bucket('a')], 1);
    expect(refused).toMatchObject({ allowed: false, rate: 1 });
    expect((await throttle.consume([bucket('a')], 1))?.remaining).toBe(1);
  });

  it.each([0, -1, -100, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a cost of %s (E3)',
    async (cost) => {
      await expect(makeThrottle().consume([bucket('a')], cost)).rejects.toThrow(RangeError);
    },
  );

  it('refuses a bucket without an id, and gives no two buckets one name (E1, E2)', () => {
    expect(() => bucketName(bucket(''))).toThrow();
    const names = new Set<string>();
    const ids = ['a', 'a:b', 'b', 'a:content_write', 'content_write:a'];
    for (const kind of ['account', 'key', 'user', 'address'] as const)
      for (const scope of ['content_write', 'content_read', 'auth', 'auth_strict'] as const)
        for (const id of ids) names.add(bucketName({ kind, scope, id, rate: 1 }));
    expect(names.size).toBe(4 * 4 * ids.length);
  });

  it('counts several calls in one trip as it counts them one after the other', async () => {
    const [together, apart] = [makeThrottle(), makeThrottle()];
    await together.consume([bucket('a', 5)], 2);
    await apart.consume([bucket('a', 5)], 2);
    const costs = [1, 1, 2, 1, 1];
    const all = await together.consumeAll(bucket('a', 5), costs);
    const each = [];
    for (const cost of costs) each.push(await apart.consume([bucket('a', 5)], cost));
    const shown = (verdict: Verdict | undefined) => [verdict?.allowed, verdict?.remaining];
    expect(all.map(shown)).toEqual(each.map(shown));
    expect(all.map((verdict) => verdict?.allowed)).toEqual([true, true, false, false, false]);
    expect((await together.consume([bucket('a', 5)], 1))?.allowed).toBe(false);
  });

  it('says its verdict in the header fields of the IETF draft', () => {
    const verdict = {
      allowed: true,
      scope: 'ai_function',
      rate: 10,
      remaining: 4,
      resetSeconds: 31,
    } as const;
    expect(Object.fromEntries(rateHeaders(verdict))).toEqual({
      'ratelimit-policy': '"ai_function";q=10;w=60',
      ratelimit: '"ai_function";r=4;t=31',
    });
  });
});
