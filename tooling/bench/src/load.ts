import autocannon from 'autocannon';

export interface Target {
  name: string;
  url: string;
  headers?: Record<string, string>;
}

export interface Measured {
  requestsPerSecond: number;
  p99Milliseconds: number;
}

/** Asks one target as fast as it answers; every answer must be a 200. */
async function load({ url, headers = {} }: Target, seconds: number): Promise<Measured> {
  const result = await autocannon({ url, headers, duration: seconds, connections: 32 });
  const strange = result.non2xx + result.errors + result.timeouts;
  if (strange > 0) throw new Error(`${url}: ${strange} answers were no success`);
  return { requestsPerSecond: result.requests.average, p99Milliseconds: result.latency.p99 };
}

/**
 * Measures targets in turn, round by round, so that what else the machine does falls on all of them alike.
 * Answers the median of each over the rounds; the first round warms up and is not counted.
 */
export async function compare(
  targets: readonly Target[],
  { rounds = 5, seconds = 3 }: { rounds?: number; seconds?: number } = {},
): Promise<Map<string, Measured>> {
  const all = new Map<string, Measured[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const target of targets) {
      const measured = await load(target, seconds);
      if (round > 0) all.get(target.name)?.push(measured);
    }
  return new Map([...all].map(([name, values]) => [name, medianOf(values)]));
}

function medianOf(values: readonly Measured[]): Measured {
  const middle = (numbers: number[]) =>
    numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
  return {
    requestsPerSecond: middle(values.map((one) => one.requestsPerSecond)),
    p99Milliseconds: middle(values.map((one) => one.p99Milliseconds)),
  };
}
