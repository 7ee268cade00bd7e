import { lockAccount } from '@tenantry/db/account/queries';
import { findKey } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { copyKeyLimit } from '../credit/limit.ts';
import type { Identity } from '../ports.ts';
import { mintKey } from './create.ts';

/**
 * Makes a key that can do what another can, and lets the other work for `overlapSeconds` more, never longer than it
 * would have. The limit of keys does not count a rotation; what may be spent in a day, and what is spent of it, go over. Refuses `not_found`, `conflict` for a key that has ended.
 */
export async function rotateKey(
  tx: AccountTransaction,
  identity: Pick<Identity, 'mintApiKey' | 'digestApiKey'>,
  { keyId, overlapSeconds }: { keyId: string; overlapSeconds: number },
) {
  await lockAccount(tx);
  const old = await findKey(tx, keyId);
  if (old === null) return refuse('not_found');
  const { name, scopes, allowedAddresses, siteId = null, expiresAt = null } = old;
  if (old.revokedAt != null || (expiresAt !== null && expiresAt <= tx.now)) return refuse('conflict');
  const facts = { name, scopes, allowedAddresses, siteId, expiresAt };
  const made = await mintKey(tx, identity, facts, async (id) => {
    await change(tx, copyKeyLimit, { fromKeyId: keyId, toKeyId: id });
  });
  const until = new Date(tx.now.getTime() + overlapSeconds * 1000);
  await updateRow(tx, old, { expiresAt: expiresAt !== null && expiresAt < until ? expiresAt : until });
  return made;
}
