import type { CreateApiKeyInput } from '@tenantry/contract/api-key';
import { getAccount } from '@tenantry/db/account/queries';
import type { ApiKey } from '@tenantry/db/api-key/entity';
import { countUsableKeys, findKey, insertKey } from '@tenantry/db/api-key/queries';
import { newId } from '@tenantry/db/ids';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import type { Context } from '../context.ts';
import { limitSpending } from '../credit/limit.ts';
import { keyView } from './view.ts';

/**
 * Creates an API key; only this answer has its secret. Refuses `not_found` for a site that the account does not have,
 * `plan_limit_reached`, and `invalid_input` for an expiry that has passed.
 */
export async function createKey(
  { tx, now, identity }: Context<'identity'>,
  { name, scopes, siteId, expiresAt, allowedAddresses = [], creditsPerDayMax }: CreateApiKeyInput,
) {
  if (expiresAt !== undefined && expiresAt <= now)
    return refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'has passed' }] });
  if (siteId !== undefined && (await findSite(tx, siteId)) === null) return refuse('not_found');
  const { limits } = await getPlanOfAccount(tx);
  const full = refusalIfLimitReached(await countUsableKeys(tx), limits.apiKeysMax);
  if (full !== undefined) return full;
  const bounds = { siteId: siteId ?? null, expiresAt: expiresAt ?? null, allowedAddresses };
  const made = await insertNewKey({ tx, identity }, { name, scopes: [...new Set(scopes)], ...bounds });
  if (creditsPerDayMax === undefined) return made;
  await change(tx, limitSpending, { id: made.id, subject: 'key', creditsPerDayMax });
  return { ...made, creditsPerDayMax };
}

/** What a new key may do. */
type NewKey = Pick<ApiKey, 'name' | 'scopes' | 'allowedAddresses'> & {
  siteId: string | null;
  expiresAt: Date | null;
  /** The key that it replaces, and the first of these rotations. */
  predecessorId?: string | null;
  rootId?: string | null;
};

/** Writes a key with a new secret and who made it; only this answer has the secret. */
export async function insertNewKey(
  { tx, identity }: Pick<Context<'identity'>, 'tx' | 'identity'>,
  { predecessorId = null, rootId = null, ...newKey }: NewKey,
) {
  const { sandbox } = await getAccount(tx);
  const { secret, keyId, prefix } = identity.mintApiKey(sandbox ? 'test' : 'live');
  const id = newId();
  const digest = identity.digestApiKey(secret);
  const createdBy = tx.actor.kind === 'user' ? tx.actor.userId : null;
  await insertKey(tx, { ...newKey, id, keyId, prefix, digest, createdBy, predecessorId, rootId });
  const key = await findKey(tx, id);
  if (key === null) throw new Error(`API key ${id} is not there after it was written.`);
  return { ...(await keyView(tx, key)), secret };
}
