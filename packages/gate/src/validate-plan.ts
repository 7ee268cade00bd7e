import { accountAllows, roleAllows, roleAtLeast } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { refusalIfStandingInsufficient, standing } from '@tenantry/domain/standing';
import type { Access, ResolvedAccount } from './resolve-account/tenant.ts';
import type { Calling } from './request-context.ts';
import { type AccountTerms, anyScope, reachOf } from './terms.ts';

/** What a call asks of the account and its actor. */
interface AskedCall {
  readonly terms: AccountTerms;
  readonly type: Calling['type'];
  readonly now: Date;
}

/**
 * Why the account, its plan, or the actor's role, scopes or sites do not meet the terms at `now`; undefined when they do.
 * The first that does not decides: standing, then role or scope, then reach, then feature. Pure.
 */
export function refusalIfPlanForbids(
  { account, access }: ResolvedAccount,
  { terms, type, now }: AskedCall,
): Refusal | undefined {
  const is = standing(account, account.subscription, account.plan, now);
  return (
    refusalIfStandingInsufficient(is, terms.standing ?? 'good') ??
    refusalIfActorMayNot(account, access, terms) ??
    (access.sites !== undefined && reachOf(terms, type) === 'account'
      ? refuse('site_forbidden')
      : undefined) ??
    refusalIfPlanLacks(account.plan.features, terms.feature)
  );
}

function refusalIfPlanLacks(
  features: readonly string[],
  feature: string | undefined,
): Refusal<'plan_lacks_feature'> | undefined {
  return feature === undefined || features.includes(feature) ? undefined : refuse('plan_lacks_feature');
}

function refusalIfActorMayNot(
  account: { system: boolean; sandbox: boolean },
  access: Access,
  { scope, person, role = 'viewer' }: AccountTerms,
): Refusal | undefined {
  if ('role' in access) {
    const may = (scope === anyScope || roleAllows(access.role, scope)) && roleAtLeast(access.role, role);
    return may && means(account, scope) ? undefined : refuse('role_forbids');
  }
  const may = (scope === anyScope || access.scopes.includes(scope)) && person !== true;
  return may && means(account, scope) ? undefined : refuse('scope_missing');
}

/** Whether a scope means anything in an account. */
function means(account: { system: boolean; sandbox: boolean }, scope: AccountTerms['scope']): boolean {
  return scope === anyScope || accountAllows(account, scope);
}
