import type { ApiKeyInput } from '@tenantry/contract/api-key';
import { findKey } from '@tenantry/db/api-key/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { keyView } from './view.ts';

/** One key. Refuses `not_found`. */
export async function getKey(tx: AccountTransaction, { keyId }: ApiKeyInput) {
  const key = await findKey(tx, keyId);
  return key === null ? refuse('not_found') : keyView(tx, key);
}
