import type { Actor } from '@tenantry/domain/actor';
import { refuse } from '@tenantry/domain/refusals';
import { ownBucket } from '../own-bucket.ts';
import type { PersonTerms } from '../terms.ts';
import { isPerson } from './kinds.ts';
import type { Audience } from './audience.ts';
import { type TenantApp, authenticateCaller } from './tenant.ts';

export type PersonActor = Extract<Actor, { kind: 'user' }>;

/** People acting for themselves, without an account. A key is no person and is refused. */
export const personAudience: Audience<TenantApp, PersonTerms, PersonActor, object> = {
  name: 'person',
  authenticate: async (context, calling) => {
    const actor = await authenticateCaller(context, calling);
    return 'kind' in actor && !isPerson(actor) ? refuse('scope_missing') : actor;
  },
  resolveAccount: () => ({}),
  validatePlan: () => undefined,
  buckets: (_context, { actor, terms: { throttle } }) => [ownBucket(actor, throttle)],
};
