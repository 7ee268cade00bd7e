import type { Records } from '@tenantry/db/transact';
import { resolveOpenHold } from './resolve.ts';

/** Gives a hold back whole. Refuses `not_found`, `hold_resolved`. */
export function releaseHold(records: Records, { holdId }: { holdId: string }) {
  return resolveOpenHold(records, holdId, async () => 0, 'released');
}
