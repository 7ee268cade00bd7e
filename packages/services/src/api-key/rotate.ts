import { lockAccount } from '@tenantry/db/account/queries';
import { findLimits } from '@tenantry/db/credit/limits';
import { findKey } from '@tenantry/db/api-key/queries';
import type { Records } from '@tenantry/db/transact';
import { usedToday } from '@tenantry/domain/credit/limits';
import { refuse } from '@tenantry/domain/refusals';
import type { Identity } from '../ports.ts';
import { mintKey } from './create.ts';

/**
 * Makes a key that can do what another can, and lets the other work for `overlapSeconds` more, never longer than it
 * would have. The limit of keys does not count a rotation; what may be spent in a day, and what is spent of it, go over. Refuses `not_found`, `conflict` for a key that has ended.
 */
export async function rotateKey(
  records: Records,
  identity: Pick<Identity, 'mintApiKey' | 'digestApiKey'>,
  { keyId, overlapSeconds }: { keyId: string; overlapSeconds: number },
) {
  await lockAccount(records);
  const old = await findKey(records, keyId);
  if (old === null) return refuse('not_found');
  const { name, scopes, allowedAddresses, siteId = null, expiresAt = null } = old;
  if (old.revokedAt != null || (expiresAt !== null && expiresAt <= records.now)) return refuse('conflict');
  const limit = (await findLimits(records, [keyId])).get(keyId);
  const cap = limit && { creditsPerDayMax: limit.creditsPerDayMax, used: usedToday(limit, records.now) };
  const made = await mintKey(records, identity, { name, scopes, allowedAddresses, siteId, expiresAt }, cap);
  const until = new Date(records.now.getTime() + overlapSeconds * 1000);
  old.expiresAt = expiresAt !== null && expiresAt < until ? expiresAt : until;
  await records.em.flush();
  return made;
}
