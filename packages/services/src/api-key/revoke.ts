import { findKey } from '@tenantry/db/api-key/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';

/** Revokes a key for good; revoking again changes nothing. Refuses `not_found`. */
export async function revokeKey(records: Records, { keyId }: { keyId: string }) {
  const key = await findKey(records, keyId);
  if (key === null) return refuse('not_found');
  key.revokedAt ??= records.now;
  await records.em.flush();
  return { id: keyId };
}
