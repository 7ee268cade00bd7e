import type { ApiKey } from '@tenantry/db/api-key/entity';
import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { countUsableKeys, findKey, insertKey } from '@tenantry/db/api-key/queries';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { KeyScope } from '@tenantry/domain/permissions';
import { fitsLimit } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { limitNewKey } from '../credit/limit.ts';
import type { Identity } from '../ports.ts';
import { keyView } from './view.ts';

export interface KeyInput {
  name: string;
  scopes: KeyScope[];
  siteId?: string | undefined;
  expiresAt?: Date | undefined;
  /** Addresses or CIDR blocks it may be used from; empty for all. */
  allowedAddresses?: string[] | undefined;
  /** The most credits it may spend in a UTC day. */
  creditsPerDayMax?: number | undefined;
}

/**
 * Creates a key; its secret is in this answer and nowhere else. Refuses `not_found` for a site the account does
 * not have, `plan_limit_reached`, and `invalid_input` for an expiry that has passed.
 */
export async function createKey(
  tx: AccountTransaction,
  identity: Identity,
  { name, scopes, siteId, expiresAt, allowedAddresses = [], creditsPerDayMax }: KeyInput,
) {
  if (expiresAt !== undefined && expiresAt <= tx.now)
    return refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'lies in the past' }] });
  await lockAccount(tx);
  if (siteId !== undefined && (await findSite(tx, siteId)) === null) return refuse('not_found');
  const { limits } = await getPlanOfAccount(tx);
  const full = fitsLimit(await countUsableKeys(tx), limits.apiKeysMax);
  if (full !== undefined) return full;
  const bounds = { siteId: siteId ?? null, expiresAt: expiresAt ?? null, allowedAddresses };
  return mintKey(tx, identity, { name, scopes: [...new Set(scopes)], ...bounds }, async (id) => {
    if (creditsPerDayMax !== undefined) await change(tx, limitNewKey, { keyId: id, creditsPerDayMax });
  });
}

/** Writes a key with a new secret, which is in this answer and nowhere else; `limit` sets what it may spend in a day. */
export async function mintKey(
  tx: AccountTransaction,
  identity: Pick<Identity, 'mintApiKey' | 'digestApiKey'>,
  facts: Pick<ApiKey, 'name' | 'scopes' | 'allowedAddresses'> & {
    siteId: string | null;
    expiresAt: Date | null;
  },
  limit: (id: string) => Promise<void>,
) {
  const { sandbox } = await getAccount(tx);
  const { secret, keyId, prefix } = identity.mintApiKey(sandbox ? 'test' : 'live');
  const id = newId();
  await insertKey(tx, { ...facts, id, keyId, prefix, digest: identity.digestApiKey(secret) });
  await limit(id);
  const key = await findKey(tx, id);
  return key === null ? refuse('not_found') : { ...(await keyView(tx, key)), secret };
}
