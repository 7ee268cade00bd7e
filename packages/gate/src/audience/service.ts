import type { OperatorScope } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { isRejected } from '../authenticate/rejected.ts';
import type { ServiceActor } from '../authenticate/service.ts';
import { ownBucket } from '../own-bucket.ts';
import type { PersonTerms, ServiceTerms } from '../terms.ts';
import { isPersonOrService, isService } from './kinds.ts';
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
    return 'kind' in actor && !isPersonOrService(actor) ? refuse('scope_missing') : actor;
  },
  resolveAccount: () => ({}),
  validatePlan: ({ actor, terms: { serviceScope } }) => refusalIfKeyLacks(actor, serviceScope),
  buckets: (_context, { actor, terms: { throttle } }) => [ownBucket(actor, throttle)],
};

/** The operator's own backend, acting for no account that the call names. */
export const serviceAudience: Audience<TenantApp, ServiceTerms, ServiceActor, object> = {
  ...personOrServiceAudience,
  name: 'service',
  authenticate: async (context, calling) => {
    const actor = await personOrServiceAudience.authenticate(context, calling);
    if (isRejected(actor) || isRefusal(actor) || isService(actor)) return actor;
    return refuse('role_forbids');
  },
};

/** Refuses a service key without the scope of a procedure that acts for no account. */
export function refusalIfKeyLacks(
  actor: PersonActor | ServiceActor,
  serviceScope: OperatorScope,
): Refusal<'scope_missing'> | undefined {
  return actor.kind === 'user' || actor.scopes.includes(serviceScope) ? undefined : refuse('scope_missing');
}
