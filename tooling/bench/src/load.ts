import autocannon from 'autocannon';

export interface Target {
  name: string;
  /** Where it is asked, all at once. */
  urls: readonly string[];
  headers?: Record<string, string>;
}

export interface Measured {
  requestsPerSecond: number;
  p99Milliseconds: number;
  /** Requests a second, as a part of the baseline's in the same round. */
  ratio: number;
}

const connections = 32;

/** Asks one target as fast as it answers; every answer must be a 200. */
async function load({ urls, headers = {} }: Target, seconds: number): Promise<Omit<Measured, 'ratio'>> {
  const shared = { headers, duration: seconds, connections: connections / urls.length };
  const results = await Promise.all(urls.map((url) => autocannon({ ...shared, url })));
  for (const { url, non2xx, errors, timeouts } of results)
    if (non2xx + errors + timeouts > 0) throw new Error(`${url}: answers that were no success`);
  return {
    requestsPerSecond: results.reduce((sum, { requests }) => sum + requests.average, 0),
    p99Milliseconds: Math.max(...results.map(({ latency }) => latency.p99)),
  };
}

/** Asks a target so often in all, and answers how many answers were a success; every other must be a 429. */
export async function countSuccesses({ urls, headers = {} }: Target, calls: number): Promise<number> {
  const shared = { headers, amount: calls / urls.length, connections: connections / urls.length };
  const results = await Promise.all(urls.map((url) => autocannon({ ...shared, url })));
  const successes = results.reduce((sum, result) => sum + result['2xx'], 0);
  const refused = results.reduce(
    (sum, { statusCodeStats }) => sum + (statusCodeStats?.['429']?.count ?? 0),
    0,
  );
  if (successes + refused !== calls) throw new Error('some answers were neither a success nor a 429');
  return successes;
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
