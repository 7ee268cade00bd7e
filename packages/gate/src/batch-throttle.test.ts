import { describe, expect, it } from 'vitest';
import { throttleOfRequest } from './batch-throttle.ts';
import type { Incoming } from './incoming.ts';
import { type Bucket, type Throttle, makeThrottle } from './throttle.ts';

const requestOf = (calls: number): Incoming => ({
  requestId: 'r',
  address: '127.0.0.1',
  authorizations: [],
  cookies: [],
  strayCredential: false,
  origin: undefined,
  fetchSite: undefined,
  accounts: [],
  externalAccounts: [],
  onBehalfOf: [],
  idempotencyKeys: [],
  acceptsStream: false,
  calls,
});

const bucket = (id: string, rate: number): Bucket => ({ kind: 'account', id, scope: 'content_read', rate });

/** A throttle that counts its trips. */
function counted(): { throttle: Throttle; trips: () => number } {
  const inner = makeThrottle();
  let trips = 0;
  return {
    trips: () => trips,
    throttle: {
      consume: (buckets, cost) => {
        trips += buckets.length;
        return inner.consume(buckets, cost);
      },
      consumeAll: (one, costs) => {
        trips += 1;
        return inner.consumeAll(one, costs);
      },
      look: inner.look,
    },
  };
}

async function batch(throttle: Throttle, buckets: readonly Bucket[], calls: number): Promise<boolean[]> {
  const ofRequest = throttleOfRequest(throttle, requestOf(calls));
  const verdicts = await Promise.all(Array.from({ length: calls }, () => ofRequest.consume(buckets, 1)));
  return verdicts.map((verdict) => verdict?.allowed === true);
}

describe('the throttle of a batch', () => {
  it('makes one trip for each bucket, refused or not, and lets as many calls pass as the bucket has points', async () => {
    const { throttle, trips } = counted();
    const buckets = [bucket('key', 30), bucket('account', 25)];
    expect(await batch(throttle, buckets, 20)).toEqual(Array(20).fill(true));
    expect(trips()).toBe(2);
    expect(await batch(throttle, buckets, 20)).toEqual([...Array(5).fill(true), ...Array(15).fill(false)]);
    expect(trips()).toBe(4);
    expect(await batch(throttle, buckets, 20)).toEqual(Array(20).fill(false));
    expect(trips()).toBe(5);
  });

  it('asks no more once one of its calls was refused', async () => {
    const { throttle, trips } = counted();
    await throttle.consume([bucket('a', 1)], 2);
    const ofRequest = throttleOfRequest(throttle, requestOf(3));
    const before = trips();
    for (let call = 0; call < 3; call += 1)
      expect((await ofRequest.consume([bucket('a', 1)], 1))?.allowed).toBe(false);
    expect(trips() - before).toBe(1);
  });

  it('is shared by the calls of one request and by nobody else', async () => {
    const { throttle } = counted();
    const [one, other] = [requestOf(2), requestOf(2)];
    expect(throttleOfRequest(throttle, one)).toBe(throttleOfRequest(throttle, one));
    expect(throttleOfRequest(throttle, one)).not.toBe(throttleOfRequest(throttle, other));
    expect(throttleOfRequest(throttle, requestOf(1))).toBe(throttle);
  });

  it('fails every call with the fault of the store', async () => {
    const broken: Throttle = {
      consume: () => Promise.reject(new Error('store')),
      consumeAll: () => Promise.reject(new Error('store')),
      look: () => Promise.reject(new Error('store')),
    };
    await expect(batch(broken, [bucket('a', 1)], 2)).rejects.toThrow('store');
  });
});
