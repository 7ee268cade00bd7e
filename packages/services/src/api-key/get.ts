import type { ApiKeyInput } from '@tenantry/contract/api-key';
import { findKey } from '@tenantry/db/api-key/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { keyView } from './view.ts';

/** One API key. Refuses `not_found`. */
export async function getKey({ tx }: Context, { keyId }: ApiKeyInput) {
  const key = await findKey(tx, keyId);
  return key === null ? refuse('not_found') : keyView(tx, key);
}
