import { findKey } from '@tenantry/db/api-key/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { keyView } from './view.ts';

/** One key. Refuses `not_found`. */
export async function getKey(records: Records, { keyId }: { keyId: string }) {
  const key = await findKey(records, keyId);
  return key === null ? refuse('not_found') : keyView(records, key);
}
