import { listPlatformMetrics } from '@tenantry/db/platform/queries';
import type { Context } from '../context.ts';

/** The figures of the whole platform. The worker measures them each minute. */
export async function listMetrics({ tx }: Context) {
  return { items: await listPlatformMetrics(tx), nextCursor: null };
}
