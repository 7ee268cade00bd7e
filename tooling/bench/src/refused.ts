import { startRedis } from '@tenantry/testing/redis';
import autocannon from 'autocannon';
import { makeBenchKey } from './bench-key.ts';
import { openBenchDatabase } from './database.ts';
import { inFolder, startProgram } from './processes.ts';
import { median } from './rounds.ts';

/** Refused calls in one measurement; `BENCH_CALLS` makes it shorter and its ratios less exact. */
const calls = Number(process.env['BENCH_CALLS'] ?? 100_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const quietSeconds = Number(process.env['BENCH_SECONDS'] ?? 5);
const longestSeconds = 3600;
const batchCalls = 20;
const abuserConnections = 16;
/** What the neighbours send, all together: a load that one process serves easily. */
const neighbours = { connections: 8, overallRate: 200 };

interface Urls {
  measured: string;
}

/** What one measurement saw: the neighbours' p99 and how many calls were refused in a second. */
interface Beside {
  p99Milliseconds: number;
  refusedPerSecond: number;
}

/**
 * Measures the p99 of other accounts while one account is refused 100,000 calls by its throttle: one by one, and in
 * batches of twenty; each beside the quiet value of the same round. The counters are in Redis.
 */
export async function benchRefused(): Promise<void> {
  await inFolder(async (folder) => {
    const database = await openBenchDatabase(folder);
    const redis = await startRedis();
    const words = [database.url('tenantry_api'), folder, redis.url];
    const server = await startProgram<Urls & { api: string }>('gate-server.ts', words);
    try {
      const { api, measured } = server.urls;
      const neighbour = await makeBenchKey(api, database);
      const abuser = await makeBenchKey(api, database, ['credit:read'], 'abuser@example.test');
      await database.run(
        `update subscription set plan_id = (select id from plan where slug = 'starter') where account_id =
          (select account_id from membership join app_user on app_user.id = user_id where email = 'abuser@example.test')`,
      );
      // Half a second is more than enough for the change of the plan to reach the process.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await measureRounds({ measured }, neighbour, abuser);
    } finally {
      await server.stop();
      await redis.kill();
      await database.stop();
    }
  });
}

async function measureRounds({ measured }: Urls, neighbour: string, abuser: string): Promise<void> {
  const single = `${measured}/v1/gated?limit=5`;
  const names = Array.from({ length: batchCalls }, () => 'gated.list').join();
  const batch = `${measured}/trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`;
  const seen: Record<'quiet' | 'singles' | 'batches', Beside[]> = { quiet: [], singles: [], batches: [] };
  const watch = (refuse?: () => Promise<number>) => beside(single, neighbour, refuse);
  await refused(single, abuser, 1000);
  for (let round = 0; round < rounds; round += 1) {
    seen.quiet.push(await watch());
    seen.singles.push(await watch(() => refused(single, abuser, calls)));
    seen.batches.push(await watch(() => refused(batch, abuser, calls / batchCalls)));
  }
  print(seen);
}

/** Runs the neighbours for as long as the refused calls last, or for some seconds without any. */
async function beside(url: string, key: string, refuse?: () => Promise<number>): Promise<Beside> {
  const headers = { authorization: `Bearer ${key}` };
  const duration = refuse === undefined ? quietSeconds : longestSeconds;
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const running = autocannon({ url, headers, ...neighbours, duration }, (fault: unknown, result) =>
    fault === null || fault === undefined ? resolve(result) : reject(fault),
  );
  const began = performance.now();
  if (refuse !== undefined) {
    await refuse();
    running.stop();
  }
  const seconds = (performance.now() - began) / 1000;
  const { latency, non2xx, errors } = await promise;
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} calls of the neighbours failed.`);
  return { p99Milliseconds: latency.p99, refusedPerSecond: refuse === undefined ? 0 : calls / seconds };
}

/** Sends requests of which each is refused. Throws when one is not, or when the throttle let more than its rate pass. */
async function refused(url: string, key: string, amount: number): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  const { non2xx, errors } = await autocannon({ url, headers, amount, connections: abuserConnections });
  if (errors > 0) throw new Error(`${errors} requests of the refused account failed.`);
  return non2xx;
}

function print(seen: Readonly<Record<'quiet' | 'singles' | 'batches', readonly Beside[]>>): void {
  const p99 = (name: keyof typeof seen) => median(seen[name].map(({ p99Milliseconds }) => p99Milliseconds));
  const speed = (name: keyof typeof seen) => median(seen[name].map((one) => one.refusedPerSecond));
  const ratio = (name: keyof typeof seen, base: keyof typeof seen) =>
    median(
      seen[name].map(
        (one, round) => one.p99Milliseconds / (seen[base][round]?.p99Milliseconds ?? Number.NaN),
      ),
    );
  console.log(
    `\nNeighbours beside ${calls} refused calls of one account, counters in Redis, ${rounds} rounds\n`,
  );
  console.log(
    '| beside | p99 ms | ÷ quiet | ÷ refused one by one | refused calls/s |\n|---|---:|---:|---:|---:|',
  );
  for (const name of ['quiet', 'singles', 'batches'] as const)
    console.log(
      `| ${name} | ${p99(name)} | ${ratio(name, 'quiet').toFixed(2)} | ${ratio(name, 'singles').toFixed(2)} | ${speed(name).toFixed(0)} |`,
    );
}
