import { accountAllows, roleAllows, roleAtLeast } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { refusalIfStandingInsufficient, standing } from '@tenantry/domain/standing';
import type { Access, ResolvedAccount } from './resolve-account/tenant.ts';
import type { Calling } from './request-context.ts';
import { type TenantTerms, reachOf } from './terms.ts';

/** What a call asks of the account and its actor. */
interface AskedCall {
  readonly terms: TenantTerms;
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
    (terms.feature !== undefined && !account.plan.features.includes(terms.feature)
      ? refuse('plan_lacks_feature')
      : undefined)
  );
}

function refusalIfActorMayNot(
  account: { system: boolean },
  access: Access,
  { scope, person, role = 'viewer' }: TenantTerms,
): Refusal | undefined {
  const means = accountAllows(account, scope);
  if ('role' in access) {
    const may = means && roleAllows(access.role, scope) && roleAtLeast(access.role, role);
    return may ? undefined : refuse('role_forbids');
  }
  return means && access.scopes.includes(scope) && person !== true ? undefined : refuse('scope_missing');
}
