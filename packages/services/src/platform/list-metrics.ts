import { type PlatformMetric, listPlatformMetrics } from '@tenantry/db/platform/queries';
import type { Records } from '@tenantry/db/transact';

/** The figures of the whole platform, at most a minute old while the worker works. */
export async function listMetrics(records: Records): Promise<{ items: PlatformMetric[]; nextCursor: null }> {
  return { items: await listPlatformMetrics(records), nextCursor: null };
}
