import type { ApiKeyInput } from '@tenantry/contract/api-key';
import { findKey } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';

/** Revokes a key for good; revoking again changes nothing. Refuses `not_found`. */
export async function revokeKey(tx: AccountTransaction, { keyId }: ApiKeyInput) {
  const key = await findKey(tx, keyId);
  if (key === null) return refuse('not_found');
  await updateRow(tx, key, { revokedAt: key.revokedAt ?? tx.now });
  return { id: keyId };
}
