import type { Role, Scope } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type AccountAccess, type MembershipAccess, accountAt } from '@tenantry/db/access/queries';
import type { AccessCache } from '../access-cache.ts';
import type { TenantActor } from '../authenticate/tenant.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What an actor may do in an account: a person by their role, an API key by its scopes. */
export type Access = ({ role: Role } | { scopes: readonly Scope[] }) & {
  /** The sites that the actor is limited to; undefined for all. */
  sites?: readonly string[];
};

export interface ResolvedAccount {
  account: AccountAccess;
  access: Access;
}

const badHeader = () =>
  refuse('invalid_input', { errors: [{ path: 'Tenantry-Account', message: 'must be one UUID' }] });

const noAccount = (message: string) =>
  refuse('not_found', { errors: [{ path: 'Tenantry-Account', message }] });
const unseenAccount = () => noAccount('names no account that you may see');

/**
 * The account that a call is made for: the one that the Tenantry-Account header names, or the only one of the actor that
 * is not closed.
 * Refuses `invalid_input` for a header that is no UUID, `account_required`, and `not_found` for an account that the
 * actor is not a member of.
 */
export async function resolveTenantAccount(
  actor: TenantActor,
  headers: readonly string[],
  cache: AccessCache,
  now: Date,
): Promise<ResolvedAccount | Refusal<'invalid_input' | 'account_required' | 'not_found'>> {
  const [named] = headers;
  if (headers.length > 1 || (named !== undefined && !uuidPattern.test(named))) return badHeader();
  const accountId = named?.toLowerCase();
  if (actor.kind === 'api_key') {
    if (accountId !== undefined && accountId !== actor.accountId) return unseenAccount();
    const limits = actor.siteId === null ? {} : { sites: [actor.siteId] };
    return withAccount(actor.accountId, { scopes: actor.scopes, ...limits }, cache, now);
  }
  const memberships = (await cache.memberships(actor.userId)) ?? [];
  const membership =
    accountId === undefined
      ? await onlyMembership(memberships, cache)
      : (memberships.find((one) => one.accountId === accountId) ?? unseenAccount());
  if (isRefusal(membership)) return membership;
  const limits = membership.siteIds === null ? {} : { sites: membership.siteIds };
  return withAccount(membership.accountId, { role: membership.role, ...limits }, cache, now);
}

/** The membership that a call without a header means: the only one, where those of closed accounts count only alone. */
async function onlyMembership(
  memberships: readonly MembershipAccess[],
  cache: AccessCache,
): Promise<MembershipAccess | Refusal<'account_required' | 'not_found'>> {
  const [first, ...others] = memberships;
  if (first === undefined) return noAccount('you are a member of no account');
  if (others.length === 0) return first;
  const accounts = await Promise.all(memberships.map(async ({ accountId }) => cache.account(accountId)));
  const [open, ...more] = memberships.filter((_one, index) => accounts[index]?.status !== 'closed');
  return open !== undefined && more.length === 0 ? open : refuse('account_required');
}

async function withAccount(
  accountId: string,
  access: Access,
  cache: AccessCache,
  now: Date,
): Promise<ResolvedAccount | Refusal<'not_found'>> {
  const account = await cache.account(accountId);
  return account === undefined ? refuse('not_found') : { account: accountAt(account, now), access };
}
