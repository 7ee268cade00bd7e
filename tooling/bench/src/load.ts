import autocannon from 'autocannon';

export interface Target {
  name: string;
  url: string;
  headers?: Record<string, string>;
}

export interface Measured {
  requestsPerSecond: number;
  p99Milliseconds: number;
  /** Requests a second, as a part of the baseline's in the same round. */
  ratio: number;
}

/** Asks one target as fast as it answers; every answer must be a 200. */
async function load({ url, headers = {} }: Target, seconds: number): Promise<Omit<Measured, 'ratio'>> {
  const result = await autocannon({ url, headers, duration: seconds, connections: 32 });
  const strange = result.non2xx + result.errors + result.timeouts;
  if (strange > 0) throw new Error(`${url}: ${strange} answers were no success`);
  return { requestsPerSecond: result.requests.average, p99Milliseconds: result.latency.p99 };
}

/**
 * Measures targets in turn, round by round, so that what else the machine does falls on all of them alike, and
 * compares each with the baseline of its own round. Answers medians over the rounds; the first round warms up.
 */
export async function compare(
  targets: readonly Target[],
  baseline: string,
  { rounds = 9, seconds = 2 }: { rounds?: number; seconds?: number } = {},
): Promise<Map<string, Measured>> {
  const all = new Map<string, Measured[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const measured = new Map<string, Omit<Measured, 'ratio'>>();
    for (const target of targets) measured.set(target.name, await load(target, seconds));
    const base = measured.get(baseline)?.requestsPerSecond ?? Number.NaN;
    if (round === 0) continue;
    for (const [name, one] of measured) all.get(name)?.push({ ...one, ratio: one.requestsPerSecond / base });
  }
  return new Map([...all].map(([name, values]) => [name, medianOf(values)]));
}

function medianOf(values: readonly Measured[]): Measured {
  const middle = (of: (one: Measured) => number) =>
    values.map(of).toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return {
    requestsPerSecond: middle((one) => one.requestsPerSecond),
    p99Milliseconds: middle((one) => one.p99Milliseconds),
    ratio: middle((one) => one.ratio),
  };
}
