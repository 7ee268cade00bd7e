import type { Role, Scope } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type AccountAccess, accountAt } from '@tenantry/db/access/queries';
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
 * The account that a call is made for: the one that the Tenantry-Account header names, or the only one of the actor.
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
  if (accountId === undefined && memberships.length > 1) return refuse('account_required');
  const membership =
    accountId === undefined ? memberships[0] : memberships.find((one) => one.accountId === accountId);
  if (membership === undefined)
    return accountId === undefined ? noAccount('you are a member of no account') : unseenAccount();
  const limits = membership.siteIds === null ? {} : { sites: membership.siteIds };
  return withAccount(membership.accountId, { role: membership.role, ...limits }, cache, now);
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
