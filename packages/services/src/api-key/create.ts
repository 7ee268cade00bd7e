import type { CreateApiKeyInput } from '@tenantry/contract/api-key';
import type { ApiKey } from '@tenantry/db/api-key/entity';
import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { limitNewKey } from '@tenantry/db/credit/limits';
import { countUsableKeys, findKey, insertKey } from '@tenantry/db/api-key/queries';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import type { Identity } from '../ports.ts';
import { keyView } from './view.ts';

/**
 * Creates a key; its secret is in this answer and nowhere else. Refuses `not_found` for a site the account does
 * not have, `plan_limit_reached`, and `invalid_input` for an expiry that has passed.
 */
export async function createKey(
  tx: AccountTransaction,
  identity: Identity,
  { name, scopes, siteId, expiresAt, allowedAddresses = [], creditsPerDayMax }: CreateApiKeyInput,
) {
  if (expiresAt !== undefined && expiresAt <= tx.now)
    return refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'lies in the past' }] });
  await lockAccount(tx);
  if (siteId !== undefined && (await findSite(tx, siteId)) === null) return refuse('not_found');
  const { limits } = await getPlanOfAccount(tx);
  const full = refusalIfLimitReached(await countUsableKeys(tx), limits.apiKeysMax);
  if (full !== undefined) return full;
  const bounds = { siteId: siteId ?? null, expiresAt: expiresAt ?? null, allowedAddresses };
  const cap = creditsPerDayMax === undefined ? undefined : { creditsPerDayMax, used: 0 };
  return mintKey(tx, identity, { name, scopes: [...new Set(scopes)], ...bounds }, cap);
}

/** Writes a key with a new secret, which is in this answer and nowhere else. */
export async function mintKey(
  tx: AccountTransaction,
  identity: Pick<Identity, 'mintApiKey' | 'digestApiKey'>,
  facts: Pick<ApiKey, 'name' | 'scopes' | 'allowedAddresses'> & {
    siteId: string | null;
    expiresAt: Date | null;
  },
  cap?: { creditsPerDayMax: number; used: number },
) {
  const { sandbox } = await getAccount(tx);
  const { secret, keyId, prefix } = identity.mintApiKey(sandbox ? 'test' : 'live');
  const id = newId();
  await insertKey(tx, { ...facts, id, keyId, prefix, digest: identity.digestApiKey(secret) });
  if (cap !== undefined) await limitNewKey(tx, id, cap);
  const key = await findKey(tx, id);
  return key === null ? refuse('not_found') : { ...(await keyView(tx, key)), secret };
}
