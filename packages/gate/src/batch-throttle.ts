import type { Incoming } from './incoming.ts';
import { type Bucket, type Throttle, type Verdict, bucketName, consumeInOrder } from './throttle.ts';

/** The calls of one request that wait for the same bucket. */
interface Gathered {
  readonly bucket: Bucket;
  readonly calls: {
    readonly cost: number;
    answer(verdict: Verdict | undefined): void;
    fail(fault: unknown): void;
  }[];
}

const ofRequest = new WeakMap<Incoming, Pick<Throttle, 'consume'>>();

/**
 * The throttle as the calls of one request use it. Calls of a batch that need the same bucket make one trip to the
 * store together, and once it has refused one of them the others are refused without a trip.
 */
export function throttleOfRequest(throttle: Throttle, incoming: Incoming): Pick<Throttle, 'consume'> {
  if (incoming.calls === 1) return throttle;
  const known = ofRequest.get(incoming);
  if (known !== undefined) return known;
  const made = makeBatchThrottle(throttle);
  ofRequest.set(incoming, made);
  return made;
}

function makeBatchThrottle(throttle: Throttle): Pick<Throttle, 'consume'> {
  const waiting = new Map<string, Gathered>();
  const refused = new Map<string, Verdict>();

  async function send(name: string, { bucket, calls }: Gathered): Promise<void> {
    waiting.delete(name);
    try {
      const verdicts = await throttle.consumeAll(
        bucket,
        calls.map(({ cost }) => cost),
      );
      const refusal = verdicts.find((verdict) => verdict?.allowed === false);
      if (refusal !== undefined) refused.set(name, refusal);
      for (const [index, { answer }] of calls.entries()) answer(verdicts[index]);
    } catch (fault) {
      for (const { fail } of calls) fail(fault);
    }
  }

  function gather(bucket: Bucket, cost: number): Promise<Verdict | undefined> {
    const name = `${bucket.rate} ${bucketName(bucket)}`;
    const known = refused.get(name);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((answer, fail) => {
      const gathered = waiting.get(name) ?? { bucket, calls: [] };
      gathered.calls.push({ cost, answer, fail });
      if (gathered.calls.length > 1) return;
      waiting.set(name, gathered);
      // The calls of a batch run side by side: all that can come now have come in the next turn.
      setImmediate(() => void send(name, gathered));
    });
  }

  return { consume: (buckets, cost) => consumeInOrder(buckets, (bucket) => gather(bucket, cost)) };
}
