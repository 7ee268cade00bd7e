import type { RotateApiKeyInput } from '@tenantry/contract/api-key';
import type { ApiKey } from '@tenantry/db/api-key/entity';
import { findKey, isReplaced, revokePredecessorsOf } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { insertNewKey } from './create.ts';

/**
 * Makes an API key that can do what another can, until the same time. The other works for `overlapSeconds` more, and
 * never longer than it would have; the key that it had replaced itself ends now, so that one predecessor at most lives on.
 * The plan's limit of keys does not count a predecessor. Both share the daily limit and its count. Refuses `not_found`, and `conflict` for a key that is revoked,
 * has expired, or was replaced already.
 */
export async function rotateKey(
  { tx, now, identity }: Context<'identity'>,
  { keyId, overlapSeconds }: RotateApiKeyInput,
) {
  const old = await findKey(tx, keyId);
  if (old === null) return refuse('not_found');
  if (hasEnded(old, now) || (await isReplaced(tx, keyId))) return refuse('conflict');
  const { name, scopes, allowedAddresses, siteId = null, expiresAt = null } = old;
  await revokePredecessorsOf(tx, old);
  const relation = { predecessorId: keyId, rootId: old.rootId ?? keyId };
  const successor = { name, scopes, allowedAddresses, siteId, expiresAt, ...relation };
  const made = await insertNewKey({ tx, identity }, successor);
  const until = new Date(now.getTime() + overlapSeconds * 1000);
  await updateRow(tx, old, { expiresAt: expiresAt !== null && expiresAt < until ? expiresAt : until });
  return made;
}

const hasEnded = ({ revokedAt, expiresAt }: ApiKey, now: Date): boolean =>
  revokedAt != null || (expiresAt != null && expiresAt <= now);
