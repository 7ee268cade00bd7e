import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { authenticateTenant } from '../authenticate/tenant.ts';
import type { PersonTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import type { TenantApp } from './tenant.ts';

export type PersonActor = Extract<Actor, { kind: 'user' }>;

/** People acting for themselves, without an account. A key is no person and is refused. */
export const personAudience: Audience<TenantApp, PersonTerms, PersonActor, object> = {
  name: 'person',
  authenticate: async ({ app, incoming, now }, { type }) => {
    const mutates = type === 'mutation';
    const actor = await authenticateTenant(incoming, app.authentication, { mutates, now });
    return 'kind' in actor && actor.kind !== 'user' ? refuse('scope_missing') : actor;
  },
  resolveAccount: () => ({}),
  validatePlan: () => undefined,
  buckets: (_context, { actor: { userId: id }, terms: { throttle: scope } }) => [
    { kind: 'user', id, scope, rate: defaultThrottleRates[scope] },
  ],
};
