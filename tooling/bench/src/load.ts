import autocannon from 'autocannon';
import { type Rate, type Rounds, inRounds } from './rounds.ts';

export interface Target {
  name: string;
  /** Its URLs. All receive requests at the same time. */
  urls: readonly string[];
  headers?: Record<string, string>;
  /** A JSON body for POST. Without a body the method is GET. */
  body?: object;
  /** Headers that differ for each request. */
  freshHeaders?: () => Record<string, string>;
  /** A JSON body that differs for each request; `body` is the first of them. */
  freshBody?: () => object;
  /** Requests in flight, over all URLs. */
  connections?: number;
}

const connectionsDefault = 32;

function optionsOf({
  urls,
  headers = {},
  body,
  freshHeaders,
  freshBody,
  connections = connectionsDefault,
}: Target) {
  const posted = { method: 'POST' as const, body: JSON.stringify(body) };
  const sent = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const setupRequest = (request: autocannon.Request): autocannon.Request => ({
    ...request,
    headers: { ...sent, ...freshHeaders?.() },
    ...(freshBody === undefined ? {} : { body: JSON.stringify(freshBody()) }),
  });
  return {
    headers: sent,
    connections: connections / urls.length,
    ...(body === undefined ? {} : posted),
    ...(freshHeaders === undefined && freshBody === undefined ? {} : { requests: [{ setupRequest }] }),
  };
}

/** Sends requests to a target as fast as it answers. Throws if an answer is not a success. */
export async function load(target: Target, seconds: number): Promise<Rate> {
  const shared = { ...optionsOf(target), duration: seconds };
  const results = await Promise.all(target.urls.map((url) => autocannon({ ...shared, url })));
  for (const { url, non2xx, errors, timeouts } of results)
    if (non2xx + errors + timeouts > 0)
      throw new Error(
        `${target.name}: ${non2xx} answers of ${url} were not a success, and ${errors + timeouts} requests failed.`,
      );
  return {
    perSecond: results.reduce((sum, { requests }) => sum + requests.average, 0),
    p99Milliseconds: Math.max(...results.map(({ latency }) => latency.p99)),
  };
}

/** Sends a number of requests to a target. Answers how many succeeded. Throws if another answer is not a 429. */
export async function countSuccesses(target: Target, calls: number): Promise<number> {
  const { urls } = target;
  const shared = { ...optionsOf(target), amount: calls / urls.length };
  const results = await Promise.all(urls.map((url) => autocannon({ ...shared, url })));
  const successes = results.reduce((sum, result) => sum + result['2xx'], 0);
  const refused = results.reduce(
    (sum, { statusCodeStats }) => sum + (statusCodeStats?.['429']?.count ?? 0),
    0,
  );
  if (successes + refused !== calls) throw new Error('Some answers were neither a success nor a 429.');
  return successes;
}

/** Measures targets in turn, in nine rounds. */
export function compare(targets: readonly Target[]): Promise<Rounds> {
  const rows = targets.map((target) => ({
    name: target.name,
    run: (seconds: number) => load(target, seconds),
  }));
  return inRounds(rows, { rounds: 9, seconds: 2, warmUpSeconds: 2 });
}
