import type { TenantActor, TenantAuthentication } from '../authenticate/tenant.ts';
import { authenticateTenant } from '../authenticate/tenant.ts';
import type { GateApp } from '../request-context.ts';
import { type ResolvedAccount, resolveTenantAccount } from '../resolve-account/tenant.ts';
import type { AccountTerms, TenantTerms } from '../terms.ts';
import { refusalIfPlanForbids } from '../validate-plan.ts';
import type { Audience } from './audience.ts';
import { serviceBucket } from '../service-bucket.ts';

/** An app that tenants call. */
export interface TenantApp extends GateApp {
  readonly authentication: TenantAuthentication;
}

/** Members, API keys and service keys, acting for an account; the terms are those of a procedure, or come with a call. */
export const accountAudience: Audience<TenantApp, AccountTerms, TenantActor, ResolvedAccount> = {
  name: 'tenant',
  authenticate: ({ app, incoming, now, tokenTime }, { type }) =>
    authenticateTenant(incoming, app.authentication, { mutates: type === 'mutation', now, tokenTime }),
  resolveAccount: ({ app, incoming, now }, { actor }) =>
    resolveTenantAccount(actor, incoming, app.authentication.accessCache, now),
  validatePlan: ({ terms, resolved, calling: { type }, now }) =>
    refusalIfPlanForbids(resolved, { terms, type, now }),
  buckets: (_context, { actor, terms: { throttle: scope }, resolved: { account } }) => {
    const rate = account.plan.throttleRates[scope];
    const ofAccount = { kind: 'account', id: account.id, scope, rate } as const;
    // A key's own bucket comes first, so that a key that is over its share takes nothing from its account.
    if (actor.kind === 'service_key') return [serviceBucket(actor, scope), ofAccount];
    return actor.kind === 'api_key'
      ? [{ kind: 'key', id: actor.keyId, scope, rate }, ofAccount]
      : [ofAccount];
  },
  sitesOf: ({ access }) => access.sites,
};

/** The same for procedures, whose terms are `TenantTerms`. */
export const tenantAudience: Audience<TenantApp, TenantTerms, TenantActor, ResolvedAccount> = {
  ...accountAudience,
};
