import { type PlatformMetric, listPlatformMetrics } from '@tenantry/db/platform/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The figures of the whole platform, at most a minute old while the worker works. */
export async function listMetrics(
  tx: AccountTransaction,
): Promise<{ items: PlatformMetric[]; nextCursor: null }> {
  return { items: await listPlatformMetrics(tx), nextCursor: null };
}
