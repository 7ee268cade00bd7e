import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { measureOverview } from '@tenantry/services/overview/measure';
import type { TestApp } from './app.ts';

/** Counts for the overview of staff, as the worker does each minute. */
export async function countForOverview(app: Pick<TestApp, 'database' | 'api'>): Promise<void> {
  const worker = openDatabase(await openOrm(app.database.url('tenantry_worker'), 1));
  await measureOverview({ database: worker, now: app.api.clock() });
  await worker.close();
}
