import { recordSecurityEvent } from '@tenantry/db/staff/queries';
import { impersonationAllows } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { RejectedCredential } from '../authenticate/rejected.ts';
import { type TenantActor, type TenantAuthentication, authenticateTenant } from '../authenticate/tenant.ts';
import { ownBucket } from '../own-bucket.ts';
import type { Calling, GateApp, RequestContext } from '../request-context.ts';
import { type ResolvedAccount, resolveTenantAccount } from '../resolve-account/tenant.ts';
import { type AccountTerms, anyScope } from '../terms.ts';
import type { Bucket } from '../throttle.ts';
import { refusalIfPlanForbids } from '../validate-plan.ts';
import type { Audience } from './audience.ts';

/** An app that tenants call. */
export interface TenantApp extends GateApp {
  readonly authentication: TenantAuthentication;
}

/**
 * Who holds the credential of a call: a person, an API key, a service key, or staff who impersonate a person. Every audience
 * but staff begins with it. An impersonation calls queries alone (`impersonation_read_only`), whatever the audience, and
 * each call stays on record before it runs.
 */
export async function authenticateCaller(
  { app, incoming, now, tokenTime }: RequestContext<TenantApp>,
  { type, path }: Pick<Calling, 'type' | 'path'>,
): Promise<
  TenantActor | RejectedCredential | Refusal<'origin_refused' | 'invalid_input' | 'impersonation_read_only'>
> {
  const mutates = type === 'mutation';
  const actor = await authenticateTenant(incoming, app.authentication, {
    database: app.database,
    mutates,
    now,
    tokenTime,
  });
  if (!('kind' in actor) || actor.kind !== 'impersonation') return actor;
  const { accountId } = actor;
  const facts = {
    accountId,
    procedure: path,
    ...(type === 'query' ? {} : { refused: 'impersonation_read_only' }),
  };
  await recordSecurityEvent(
    app.database,
    { actor, requestId: incoming.requestId, now },
    'impersonation.call',
    facts,
  );
  return type === 'query' ? actor : refuse('impersonation_read_only');
}

/** Members, API keys and service keys, acting for an account; the terms are those of a procedure, or come with a call. */
export const tenantAudience: Audience<TenantApp, AccountTerms, TenantActor, ResolvedAccount> = {
  name: 'tenant',
  authenticate: authenticateCaller,
  resolveAccount: ({ app, incoming, now }, { actor }) =>
    resolveTenantAccount(actor, incoming, app.authentication.accessCache, now),
  validatePlan: ({ actor, terms, resolved, calling: { type }, now }) =>
    refusalIfPlanForbids(resolved, { terms, type, now }) ??
    (actor.kind === 'impersonation' && !isForImpersonation(terms)
      ? refuse('impersonation_read_only')
      : undefined),
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
  // What staff look at takes nothing from the account's rate.
  if (actor.kind === 'impersonation') return [ownBucket(actor, scope)];
  // A key's own bucket comes first, so that a key that is over its share takes nothing from its account.
  return actor.kind === 'user' ? [ofAccount] : [ownBucket(actor, scope, rate), ofAccount];
}

/** Whether an impersonation may read what a procedure answers: nothing of keys and webhooks. */
function isForImpersonation({ scope, person }: AccountTerms): boolean {
  return person !== true && (scope === anyScope || impersonationAllows(scope));
}
