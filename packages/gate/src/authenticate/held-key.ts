import { digestApiKey, sameDigest } from '@tenantry/identity/api-key';
import { allowsAddress } from '../address.ts';
import { type RejectedCredential, rejected, rejectedHeld } from './rejected.ts';

/** What the gate reads of a key of an account or of the operator. */
interface KeyFacts {
  readonly digest: string;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly allowedAddresses: readonly string[];
}

/** Why a key is refused that a bearer names: the first of its secret, its end and its addresses. Undefined where it is good. */
export function rejectionOfKey(
  kind: 'api_key' | 'service_key',
  key: KeyFacts | undefined,
  { bearer, address, pepper, now }: { bearer: string; address: string; pepper: string; now: Date },
): RejectedCredential | undefined {
  const digest = digestApiKey(bearer, pepper);
  if (key === undefined || !sameDigest(key.digest, digest)) return rejected('unknown_key');
  return rejectionOfHeldKey(kind, key, { address, now });
}

/** Why a key is refused to whoever holds its secret: its end and its addresses. Undefined where it is good. */
export function rejectionOfHeldKey(
  kind: 'api_key' | 'service_key',
  key: Omit<KeyFacts, 'digest'>,
  { address, now }: { address: string; now: Date },
): RejectedCredential | undefined {
  if (key.revokedAt !== null) return rejectedHeld(kind, 'revoked');
  if (key.expiresAt !== null && key.expiresAt <= now) return rejectedHeld(kind, 'expired');
  if (!allowsAddress(key.allowedAddresses, address)) return rejectedHeld(kind, 'address_not_allowed');
  return undefined;
}
