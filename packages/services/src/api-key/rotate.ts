import type { RotateApiKeyInput } from '@tenantry/contract/api-key';
import { lockAccount } from '@tenantry/db/account/queries';
import { findKey } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import type { Context } from '../context.ts';
import { copyKeyLimit } from '../credit/limit.ts';
import { insertNewKey } from './create.ts';

/**
 * Makes an API key that can do what another can. The other works for `overlapSeconds` more, and never longer than it
 * would have. The plan's limit of keys does not count a rotation. The successor inherits the daily cap and what is used
 * of it. Refuses `not_found`, and `conflict` for a key that is revoked or has expired.
 */
export async function rotateKey(
  { tx, now, identity }: Context<'identity'>,
  { keyId, overlapSeconds }: RotateApiKeyInput,
) {
  await lockAccount(tx);
  const old = await findKey(tx, keyId);
  if (old === null) return refuse('not_found');
  const { name, scopes, allowedAddresses, siteId = null, expiresAt = null } = old;
  if (old.revokedAt != null || (expiresAt !== null && expiresAt <= now)) return refuse('conflict');
  const successor = { name, scopes, allowedAddresses, siteId, expiresAt };
  const made = await insertNewKey({ tx, identity }, successor, async (id) => {
    await change(tx, copyKeyLimit, { fromKeyId: keyId, toKeyId: id });
  });
  const until = new Date(now.getTime() + overlapSeconds * 1000);
  await updateRow(tx, old, { expiresAt: expiresAt !== null && expiresAt < until ? expiresAt : until });
  return made;
}
