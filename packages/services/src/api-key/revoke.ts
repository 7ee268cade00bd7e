import type { ApiKeyInput } from '@tenantry/contract/api-key';
import { findKey } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** Revokes an API key for good; revoking it again changes nothing. Refuses `not_found`. */
export async function revokeKey({ tx, now }: Context, { keyId }: ApiKeyInput) {
  const key = await findKey(tx, keyId);
  if (key === null) return refuse('not_found');
  await updateRow(tx, key, { revokedAt: key.revokedAt ?? now });
  return { id: keyId };
}
