import { measurePlatform as measure } from '@tenantry/db/platform/queries';
import type { DirectoryContext } from '../context.ts';

/** Counts the whole platform anew, as the worker, which sees every account. */
export function measurePlatform({
  database,
  now,
}: Pick<DirectoryContext, 'database' | 'now'>): Promise<void> {
  return database.withoutAccount.write({}, (tx) => measure(tx, now));
}
