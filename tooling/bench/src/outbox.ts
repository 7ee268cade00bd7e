import { type KindFigures, measureOutbox } from '@tenantry/testing/webhook/load';
import { openBenchDatabase } from './database.ts';
import { inFolder } from './processes.ts';

/** Messages of the measurement, and the time in which they are written; an environment variable makes either smaller. */
const messages = Number(process.env['BENCH_MESSAGES'] ?? 10_000);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const endpoints = { endpoints: 50, down: 5, slow: 5 } as const;

/**
 * Measures how long messages take from their commit to 50 endpoints, of which five refuse every connection and five answer
 * after ten seconds.
 */
export async function benchOutbox(): Promise<void> {
  await inFolder(async (folder) => {
    const database = await openBenchDatabase(folder);
    try {
      const figures = await measureOutbox(database, { ...endpoints, messages, seconds });
      console.log(`${messages} messages within ${seconds} s to ${endpoints.endpoints} endpoints`);
      console.table(figures.map(rowOf));
    } finally {
      await database.stop();
    }
  });
}

function rowOf({ p50Milliseconds, p99Milliseconds, worstMilliseconds, ...counts }: KindFigures) {
  return { ...counts, 'p50 ms': p50Milliseconds, 'p99 ms': p99Milliseconds, 'worst ms': worstMilliseconds };
}
