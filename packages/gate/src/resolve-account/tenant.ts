import { accountHeader, externalAccountHeader } from '@tenantry/contract/headers';
import type { Role, Scope, ServiceScope } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type AccountAccess, type MembershipAccess, accountAt } from '@tenantry/db/access/queries';
import type { AccessCache } from '../access-cache.ts';
import type { TenantActor } from '../authenticate/tenant.ts';
import type { Incoming } from '../incoming.ts';
import { refusedHeader, refusedId, uuidPattern } from './named-account.ts';
import { resolveServiceAccount } from './service.ts';

/** What an actor may do in an account: a person by their role, a key by its scopes. */
export type Access = ({ role: Role } | { scopes: readonly (Scope | ServiceScope)[] }) & {
  /** The sites that the actor is limited to; undefined for all. */
  sites?: readonly string[];
};

export interface ResolvedAccount {
  account: AccountAccess;
  access: Access;
}

const badHeader = () => refusedHeader(accountHeader, 'must be one UUID');
const noExternalId = () => refusedHeader(externalAccountHeader, 'is for service keys alone');

const noAccount = (message: string) => refusedId(accountHeader, message);
const unseenAccount = () => noAccount('names no account that you may see');

/**
 * The account that a call is made for: the one that the Tenantry-Account header names, or the only one of the actor that
 * is not closed.
 * Refuses `invalid_input` for a header that is no UUID, `account_required`, and `not_found` for an account that the
 * actor is not a member of. A service key names any account; anybody else who names one by an external id is refused,
 * whether or not there is such an account.
 */
export async function resolveTenantAccount(
  actor: TenantActor,
  incoming: Pick<Incoming, 'accounts' | 'externalAccounts'>,
  cache: AccessCache,
  now: Date,
): Promise<ResolvedAccount | Refusal<'invalid_input' | 'account_required' | 'not_found'>> {
  if (actor.kind === 'service_key') return resolveServiceAccount(actor, incoming, cache, now);
  const { accounts: headers, externalAccounts } = incoming;
  if (externalAccounts.length > 0) return noExternalId();
  const [named] = headers;
  if (headers.length > 1 || (named !== undefined && !uuidPattern.test(named))) return badHeader();
  const accountId = named?.toLowerCase();
  if (actor.kind === 'api_key') {
    if (accountId !== undefined && accountId !== actor.accountId) return unseenAccount();
    const limits = actor.siteId === null ? {} : { sites: [actor.siteId] };
    return withAccount(actor.accountId, { scopes: actor.scopes, ...limits }, cache, now);
  }
  const memberships = (await cache.memberships(actor.userId)) ?? [];
  if (actor.kind === 'impersonation') {
    const member = memberships.find((one) => one.accountId === actor.accountId);
    const isNamed = accountId === undefined || accountId === actor.accountId;
    if (member === undefined || !isNamed) return unseenAccount();
    return withAccount(member.accountId, accessOf(member), cache, now);
  }
  const membership =
    accountId === undefined
      ? await onlyMembership(memberships, cache)
      : (memberships.find((one) => one.accountId === accountId) ?? unseenAccount());
  if (isRefusal(membership)) return membership;
  return withAccount(membership.accountId, accessOf(membership), cache, now);
}

/** What a member may do, and the sites that they are limited to. */
function accessOf({ role, siteIds }: MembershipAccess): Access {
  return { role, ...(siteIds === null ? {} : { sites: siteIds }) };
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
