import { type TenantActor, type TenantAuthentication, authenticateTenant } from '../authenticate/tenant.ts';
import { ownBucket } from '../own-bucket.ts';
import type { Calling, GateApp, RequestContext } from '../request-context.ts';
import { type ResolvedAccount, resolveTenantAccount } from '../resolve-account/tenant.ts';
import type { AccountTerms } from '../terms.ts';
import type { Bucket } from '../throttle.ts';
import { refusalIfPlanForbids } from '../validate-plan.ts';
import type { Audience } from './audience.ts';

/** An app that tenants call. */
export interface TenantApp extends GateApp {
  readonly authentication: TenantAuthentication;
}

/** Who holds the credential of a call: a person, an API key or a service key. Every audience but staff begins with it. */
export function authenticateCaller(
  { app, incoming, now, tokenTime }: RequestContext<TenantApp>,
  { type }: Pick<Calling, 'type'>,
): ReturnType<typeof authenticateTenant> {
  return authenticateTenant(incoming, app.authentication, { mutates: type === 'mutation', now, tokenTime });
}

/** Members, API keys and service keys, acting for an account; the terms are those of a procedure, or come with a call. */
export const tenantAudience: Audience<TenantApp, AccountTerms, TenantActor, ResolvedAccount> = {
  name: 'tenant',
  authenticate: authenticateCaller,
  resolveAccount: ({ app, incoming, now }, { actor }) =>
    resolveTenantAccount(actor, incoming, app.authentication.accessCache, now),
  validatePlan: ({ terms, resolved, calling: { type }, now }) =>
    refusalIfPlanForbids(resolved, { terms, type, now }),
  buckets: (_context, { actor, terms: { throttle }, resolved: { account } }) =>
    tenantBuckets(actor, account, throttle),
  aheadOf: ({ account }) => account.aheadMilliseconds,
  sitesOf: ({ access }) => access.sites,
};

/** The buckets that a call for an account is counted in, in order. */
export function tenantBuckets(
  actor: TenantActor,
  account: Pick<ResolvedAccount['account'], 'id' | 'plan'>,
  scope: Bucket['scope'],
): Bucket[] {
  const rate = account.plan.throttleRates[scope];
  const ofAccount = { kind: 'account', id: account.id, scope, rate } as const;
  // A key's own bucket comes first, so that a key that is over its share takes nothing from its account.
  return actor.kind === 'user' ? [ofAccount] : [ownBucket(actor, scope, rate), ofAccount];
}
