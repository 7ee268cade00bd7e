import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { isRejected } from '../authenticate/rejected.ts';
import type { ServiceActor } from '../authenticate/service.ts';
import { ownBucket } from '../own-bucket.ts';
import type { PersonTerms, ServiceTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import type { PersonActor } from './person.ts';
import { type TenantApp, authenticateCaller } from './tenant.ts';

/** A person who acts for themselves, or the operator's own backend with the scope that the terms name. */
export const personOrServiceAudience: Audience<
  TenantApp,
  PersonTerms & Pick<ServiceTerms, 'serviceScope'>,
  PersonActor | ServiceActor,
  object
> = {
  name: 'person',
  authenticate: async (context, calling) => {
    const actor = await authenticateCaller(context, calling);
    return 'kind' in actor && actor.kind === 'api_key' ? refuse('scope_missing') : actor;
  },
  resolveAccount: () => ({}),
  validatePlan: ({ actor, terms: { serviceScope } }) =>
    actor.kind === 'user' || actor.scopes.includes(serviceScope) ? undefined : refuse('scope_missing'),
  buckets: (_context, { actor, terms: { throttle } }) => [ownBucket(actor, throttle)],
};

/** The operator's own backend, acting for no account that the call names. */
export const serviceAudience: Audience<TenantApp, ServiceTerms, ServiceActor, object> = {
  ...personOrServiceAudience,
  name: 'service',
  authenticate: async (context, calling) => {
    const actor = await personOrServiceAudience.authenticate(context, calling);
    if (isRejected(actor) || isRefusal(actor) || actor.kind === 'service_key') return actor;
    return refuse('role_forbids');
  },
};
