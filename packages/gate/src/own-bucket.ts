import { defaultThrottleRates } from '@tenantry/domain/plans';
import type { Actor } from '@tenantry/domain/actor';
import type { ImpersonationActor } from './authenticate/impersonation.ts';
import type { ServiceActor } from './authenticate/service.ts';
import type { Bucket } from './throttle.ts';

/** Whoever a bucket of their own counts: a person, a key of an account, or a service key. */
type Counted = Extract<Actor, { kind: 'user' | 'api_key' }> | ServiceActor | ImpersonationActor;

/**
 * The bucket of a caller alone, whichever account they act for. A service key's is as wide as the key says, since it
 * serves every account; the others have `rate` calls a minute.
 */
export function ownBucket(
  actor: Counted,
  scope: Bucket['scope'],
  rate: number = defaultThrottleRates[scope],
): Bucket {
  switch (actor.kind) {
    case 'user':
      return { kind: 'user', id: actor.userId, scope, rate };
    case 'impersonation':
      return { kind: 'user', id: actor.impersonationId, scope, rate };
    case 'api_key':
      return { kind: 'key', id: actor.keyId, scope, rate };
    case 'service_key':
      return { kind: 'service_key', id: actor.keyId, scope, rate: actor.callsPerMinute };
  }
}
