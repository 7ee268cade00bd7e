import { defaultThrottleRates } from '@tenantry/domain/plans';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { isRejected } from '../authenticate/rejected.ts';
import type { ServiceActor } from '../authenticate/service.ts';
import { authenticateTenant } from '../authenticate/tenant.ts';
import { serviceBucket } from '../service-bucket.ts';
import type { PersonTerms, ServiceTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import type { PersonActor } from './person.ts';
import type { TenantApp } from './tenant.ts';

/** The operator's own backend, acting for no account that the call names. */
export const serviceAudience: Audience<TenantApp, ServiceTerms, ServiceActor, object> = {
  name: 'service',
  authenticate: async ({ app, incoming, now }, { type }) => {
    const actor = await authenticateTenant(incoming, app.authentication, {
      mutates: type === 'mutation',
      now,
    });
    if (isRejected(actor) || isRefusal(actor) || actor.kind === 'service_key') return actor;
    return refuse(actor.kind === 'user' ? 'role_forbids' : 'scope_missing');
  },
  resolveAccount: () => ({}),
  validatePlan: ({ actor, terms: { serviceScope } }) =>
    actor.scopes.includes(serviceScope) ? undefined : refuse('scope_missing'),
  buckets: (_context, { actor, terms: { throttle: scope } }) => [serviceBucket(actor, scope)],
};

/** A person who acts for themselves, or the operator's own backend with the scope that the terms name. */
export const personOrServiceAudience: Audience<
  TenantApp,
  PersonTerms & Pick<ServiceTerms, 'serviceScope'>,
  PersonActor | ServiceActor,
  object
> = {
  name: 'person',
  authenticate: async ({ app, incoming, now }, { type }) => {
    const actor = await authenticateTenant(incoming, app.authentication, {
      mutates: type === 'mutation',
      now,
    });
    return 'kind' in actor && actor.kind === 'api_key' ? refuse('scope_missing') : actor;
  },
  resolveAccount: () => ({}),
  validatePlan: ({ actor, terms: { serviceScope } }) =>
    actor.kind === 'user' || actor.scopes.includes(serviceScope) ? undefined : refuse('scope_missing'),
  buckets: (_context, { actor, terms: { throttle: scope } }) => [
    actor.kind === 'user'
      ? { kind: 'user', id: actor.userId, scope, rate: defaultThrottleRates[scope] }
      : serviceBucket(actor, scope),
  ],
};
