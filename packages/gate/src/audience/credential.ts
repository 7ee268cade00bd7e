import { defaultThrottleRates } from '@tenantry/domain/plans';
import { isRefusal } from '@tenantry/domain/refusals';
import { type TenantActor, authenticateTenant } from '../authenticate/tenant.ts';
import { type ResolvedAccount, resolveTenantAccount } from '../resolve-account/tenant.ts';
import type { CredentialTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import { serviceBucket } from '../service-bucket.ts';
import type { TenantApp } from './tenant.ts';

/**
 * Whoever holds a credential, in an account of any standing. A person who names no account, and does not have exactly one,
 * acts without. So does a service key that names none.
 */
export const credentialAudience: Audience<
  TenantApp,
  CredentialTerms,
  TenantActor,
  Partial<ResolvedAccount>
> = {
  name: 'credential',
  authenticate: ({ app, incoming, now }, { type }) =>
    authenticateTenant(incoming, app.authentication, { mutates: type === 'mutation', now }),
  resolveAccount: async ({ app, incoming, now }, { actor }) => {
    const resolved = await resolveTenantAccount(actor, incoming, app.authentication.accessCache, now);
    const namesNone = incoming.accounts.length + incoming.externalAccounts.length === 0;
    return isRefusal(resolved) && namesNone ? {} : resolved;
  },
  validatePlan: () => undefined,
  buckets: (_context, { actor, terms: { throttle: scope } }) => {
    if (actor.kind === 'service_key') return [serviceBucket(actor, scope)];
    const rate = defaultThrottleRates[scope];
    return actor.kind === 'api_key'
      ? [{ kind: 'key', id: actor.keyId, scope, rate }]
      : [{ kind: 'user', id: actor.userId, scope, rate }];
  },
  sitesOf: ({ access }) => access?.sites,
};
