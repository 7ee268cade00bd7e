import { startRedis } from '@tenantry/testing/redis';
import { makeBenchKey } from './bench-key.ts';
import { type BenchDatabase, openBenchDatabase } from './database.ts';
import { type Target, compare, countSuccesses } from './load.ts';
import { type Program, inFolder, startProgram } from './processes.ts';
import type { Rounds } from './rounds.ts';

interface Urls {
  api: string;
  measured: string;
  alone: string;
}
type Server = Program<Urls>;

const trpcInput = `?input=${encodeURIComponent(JSON.stringify({ limit: 5 }))}`;
const limit = 600;

/** Measures the cost of the gate, without and with Redis, and how exactly the throttle applies its limit. */
export async function benchGate(): Promise<void> {
  await inFolder(async (folder) => {
    const database = await openBenchDatabase(folder);
    const redis = await startRedis();
    const open = (...words: string[]) =>
      startProgram<Urls>('gate-server.ts', [database.url('tenantry_api'), folder, ...words]);
    const own = await open();
    const shared = [await open(redis.url), await open(redis.url)];
    try {
      const key = await makeBenchKey(own.urls.api, database);
      const authorization = `Bearer ${key}`;
      print('One process with its own throttle counters', await compare(targets([own], authorization)));
      const together = targets(shared, authorization).filter(({ name }) => name !== 'Fastify alone');
      print('Two processes with throttle counters in Redis', await compare(together));
      console.log('\nGoals: gated tRPC ≥ 0.80 alone and ≥ 0.65 on Redis; gated REST ≥ 1.30 alone.');
      await offerTooMuch('one process', [own], authorization, database);
      await offerTooMuch('two processes', shared, authorization, database);
    } finally {
      for (const server of [own, ...shared]) await server.stop();
      await redis.kill();
      await database.stop();
    }
  });
}

function targets(servers: readonly Server[], authorization: string): Target[] {
  const headers = { authorization };
  const at = (name: keyof Urls, path: string) => servers.map(({ urls }) => urls[name] + path);
  return [
    { name: 'Fastify alone', urls: at('alone', '/alone') },
    { name: 'bare tRPC', urls: at('measured', `/trpc/bare.list${trpcInput}`), headers },
    { name: 'gated tRPC', urls: at('measured', `/trpc/gated.list${trpcInput}`), headers },
    { name: 'bare REST', urls: at('measured', '/v1/bare?limit=5'), headers },
    { name: 'gated REST', urls: at('measured', '/v1/gated?limit=5'), headers },
  ];
}

function print(title: string, { names, median, ratio }: Rounds): void {
  console.log(`\n${title}\n\n| what | requests/s | p99 ms | ÷ bare tRPC |\n|---|---:|---:|---:|`);
  for (const name of names) {
    const { perSecond, p99Milliseconds } = median(name);
    const part = ratio(name, 'bare tRPC').toFixed(2);
    console.log(`| ${name} | ${perSecond.toFixed(0)} | ${p99Milliseconds} | ${part} |`);
  }
}

/** Sends ten times the number of calls that a plan allows in one window, and prints how many passed. */
async function offerTooMuch(
  who: string,
  servers: readonly Server[],
  authorization: string,
  database: BenchDatabase,
): Promise<void> {
  await database.limitReads(limit);
  // Half a second is more than enough for the change of the plan to reach every process.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const urls = servers.map(({ urls: { measured } }) => `${measured}/v1/gated?limit=5`);
  const passed = await countSuccesses({ name: who, urls, headers: { authorization } }, 10 * limit);
  await database.limitReads(undefined);
  const ratio = (passed / limit).toFixed(3);
  console.log(
    `${who}: ${10 * limit} calls sent, ${limit} allowed per minute, ${passed} passed (${ratio} of the limit)`,
  );
}
