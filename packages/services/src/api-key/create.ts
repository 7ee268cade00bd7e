import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { countUsableKeys, findKey, insertKey } from '@tenantry/db/api-key/queries';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { Records } from '@tenantry/db/transact';
import type { KeyScope } from '@tenantry/domain/permissions';
import { fitsLimit } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import type { Identity } from '../ports.ts';
import { keyView } from './view.ts';

export interface KeyInput {
  name: string;
  scopes: KeyScope[];
  siteId?: string | undefined;
  expiresAt?: Date | undefined;
}

/**
 * Creates a key; its secret is in this answer and nowhere else. Refuses `not_found` for a site the account does
 * not have, `plan_limit_reached`, and `invalid_input` for an expiry that has passed.
 */
export async function createKey(
  records: Records,
  identity: Identity,
  { name, scopes, siteId, expiresAt }: KeyInput,
) {
  if (expiresAt !== undefined && expiresAt <= records.now)
    return refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'lies in the past' }] });
  await lockAccount(records);
  if (siteId !== undefined && (await findSite(records, siteId)) === null) return refuse('not_found');
  const { limits } = await getPlanOfAccount(records);
  const full = fitsLimit(await countUsableKeys(records), limits.apiKeysMax);
  if (full !== undefined) return full;
  const { sandbox } = await getAccount(records);
  const { secret, keyId, prefix } = identity.mintApiKey(sandbox ? 'test' : 'live');
  const digest = identity.digestApiKey(secret);
  const id = newId();
  const limitsOfKey = { siteId: siteId ?? null, expiresAt: expiresAt ?? null };
  await insertKey(records, { id, keyId, name, prefix, digest, scopes: [...new Set(scopes)], ...limitsOfKey });
  const key = await findKey(records, id);
  return key === null ? refuse('not_found') : { ...keyView(key), secret };
}
