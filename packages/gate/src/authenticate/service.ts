import type { ServiceKeyAccess } from '@tenantry/db/access/queries';
import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { parseServiceKey } from '@tenantry/identity/api-key';
import { onBehalfOfHeader } from '@tenantry/contract/headers';
import { rejectionOfKey } from './held-key.ts';
import type { Incoming } from '../incoming.ts';
import { type RejectedCredential, rejected } from './rejected.ts';
import type { AccessCache } from '../access-cache.ts';

/** The operator's own backend, with what the later steps read of its key. */
export type ServiceActor = Extract<Actor, { kind: 'service_key' }> &
  Pick<ServiceKeyAccess, 'callsPerMinute' | 'expiresAt'>;

/** What the authentication of service keys needs besides the request. */
interface ServiceAuthentication {
  readonly accessCache: Pick<AccessCache, 'serviceKey'>;
  readonly apiKeyPepper: string;
  readonly noteUse?: (key: ServiceKeyAccess, now: Date) => void;
}

/** Visible ASCII, with spaces between. */
const onBehalfOfPattern = /^[!-~](?:[ -~]{0,98}[!-~])?$/;

/** The service key that a bearer proves. Refuses `invalid_input` for a Tenantry-On-Behalf-Of that cannot be written down. */
export async function authenticateServiceKey(
  bearer: string,
  { address, onBehalfOf }: Pick<Incoming, 'address' | 'onBehalfOf'>,
  app: ServiceAuthentication,
  now: Date,
): Promise<ServiceActor | RejectedCredential | Refusal<'invalid_input'>> {
  const parsed = parseServiceKey(bearer);
  if (parsed === undefined) return rejected('bad_checksum');
  const key = await app.accessCache.serviceKey(parsed.keyId);
  const rejection = rejectionOfKey('service_key', key, { bearer, address, pepper: app.apiKeyPepper, now });
  if (key === undefined || rejection !== undefined) return rejection ?? rejected('unknown_key');
  app.noteUse?.(key, now);
  const named = onBehalfOfOf(onBehalfOf);
  if (isRefusal(named)) return named;
  return actorOfServiceKey(key, named);
}

/** Who acts with a service key. */
export function actorOfServiceKey(
  key: Pick<ServiceKeyAccess, 'id' | 'scopes' | 'mode' | 'callsPerMinute' | 'expiresAt'>,
  onBehalfOf: string | null,
): ServiceActor {
  const { id: keyId, scopes, mode, callsPerMinute, expiresAt } = key;
  return { kind: 'service_key', keyId, scopes, onBehalfOf, mode, callsPerMinute, expiresAt };
}

function onBehalfOfOf(headers: readonly string[]): string | null | Refusal<'invalid_input'> {
  const [named = null, ...others] = headers;
  if (named === null || (others.length === 0 && onBehalfOfPattern.test(named))) return named;
  const message = 'must be one header of 1 to 100 visible ASCII characters';
  return refuse('invalid_input', { errors: [{ path: onBehalfOfHeader, message }] });
}
