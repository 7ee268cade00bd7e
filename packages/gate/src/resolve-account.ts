import type { Actor } from '@tenantry/domain/actor';
import type { Role, Scope } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { AccountAccess } from '@tenantry/db/access/queries';
import type { AccessCache } from './access-cache.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What an actor may do in an account: a person by their role, a key by its scopes. */
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

/**
 * The account a call is made for, by the Tenantry-Account header or because there is only one. Refuses
 * `invalid_input` for a header that is no UUID, `account_required`, and `not_found` for whatever the actor is
 * not a member of.
 */
export async function resolveAccount(
  actor: Actor,
  headers: readonly string[],
  facts: AccessCache,
): Promise<ResolvedAccount | Refusal> {
  const [named] = headers;
  if (headers.length > 1 || (named !== undefined && !uuidPattern.test(named))) return badHeader();
  const accountId = named?.toLowerCase();
  if (actor.kind === 'api_key') {
    if (accountId !== undefined && accountId !== actor.accountId) return refuse('not_found');
    const limits = actor.siteId === null ? {} : { sites: [actor.siteId] };
    return withFacts(actor.accountId, { scopes: actor.scopes, ...limits }, facts);
  }
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const memberships = (await facts.memberships(actor.userId)) ?? [];
  if (accountId === undefined && memberships.length > 1) return refuse('account_required');
  const membership =
    accountId === undefined ? memberships[0] : memberships.find((one) => one.accountId === accountId);
  if (membership === undefined) return refuse('not_found');
  const limits = membership.siteIds === null ? {} : { sites: membership.siteIds };
  return withFacts(membership.accountId, { role: membership.role, ...limits }, facts);
}

async function withFacts(
  accountId: string,
  access: Access,
  facts: AccessCache,
): Promise<ResolvedAccount | Refusal> {
  const account = await facts.account(accountId);
  return account === undefined ? refuse('not_found') : { account, access };
}
