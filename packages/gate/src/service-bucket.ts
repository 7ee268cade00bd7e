import type { ServiceActor } from './authenticate/service.ts';
import type { Bucket } from './throttle.ts';

/** The bucket of a service key: as wide as the key says, since it serves every account. */
export function serviceBucket({ keyId, callsPerMinute }: ServiceActor, scope: Bucket['scope']): Bucket {
  return { kind: 'service_key', id: keyId, scope, rate: callsPerMinute };
}
