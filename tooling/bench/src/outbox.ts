import { type KindFigures, measureOutbox } from '@tenantry/testing/webhook/load';
import { openBenchCluster } from './database.ts';
import { inFolder } from './processes.ts';

/** Messages of the measurement, and the time in which they are written; an environment variable makes either smaller. */
const messages = Number(process.env['BENCH_MESSAGES'] ?? 10_000);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const endpoints = { endpoints: 50, down: 5, slow: 5 } as const;

/**
 * Measures how long messages take to 50 endpoints, of which five refuse every connection and five answer after ten seconds:
 * from their commit at an even rate, and from the first request where all stand there at once.
 */
export async function benchOutbox(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder);
    try {
      for (const within of [seconds, 0]) {
        const database = await cluster.openDatabase(`within_${within}`);
        const figures = await measureOutbox(database, { ...endpoints, messages, seconds: within });
        const how = within === 0 ? 'at once' : `within ${within} s`;
        console.log(`${messages} messages ${how} to ${endpoints.endpoints} endpoints`);
        console.table(figures.map(rowOf));
      }
    } finally {
      await cluster.stop();
    }
  });
}

function rowOf({ p50Milliseconds, p99Milliseconds, worstMilliseconds, ...counts }: KindFigures) {
  return { ...counts, 'p50 ms': p50Milliseconds, 'p99 ms': p99Milliseconds, 'worst ms': worstMilliseconds };
}
