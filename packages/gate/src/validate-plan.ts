import { accountAllows, roleAllows, roleAtLeast } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { standing, refusalIfStandingInsufficient } from '@tenantry/domain/standing';
import type { ResolvedAccount, Access } from './resolve-account.ts';
import type { AccountTerms } from './terms.ts';

/**
 * Whether the account, its plan and the actor's role or scopes meet a procedure's terms at `now`; the first
 * that does not decides: standing, then role or scope, then feature. Undefined means yes. Pure.
 */
export function validatePlan(
  { account, access }: ResolvedAccount,
  terms: AccountTerms,
  now: Date,
): Refusal | undefined {
  const is = standing(account, account.subscription, account.plan, now);
  return (
    refusalIfStandingInsufficient(is, terms.standing ?? 'good') ??
    mayUse(account, access, terms) ??
    (terms.feature !== undefined && !account.plan.features.includes(terms.feature)
      ? refuse('plan_lacks_feature')
      : undefined)
  );
}

function mayUse(
  account: { system: boolean },
  access: Access,
  { scope, person, role = 'viewer' }: AccountTerms,
): Refusal | undefined {
  const means = accountAllows(account, scope);
  if ('role' in access) {
    const may = means && roleAllows(access.role, scope) && roleAtLeast(access.role, role);
    return may ? undefined : refuse('role_forbids');
  }
  return means && access.scopes.includes(scope) && person !== true ? undefined : refuse('scope_missing');
}
