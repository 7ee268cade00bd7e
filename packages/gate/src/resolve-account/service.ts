import { accountHeader, externalAccountHeader } from '@tenantry/contract/headers';
import { type AccountAccess, accountAt } from '@tenantry/db/access/queries';
import type { ServiceScope } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { AccessCache } from '../access-cache.ts';
import type { ServiceActor } from '../authenticate/service.ts';
import type { Incoming } from '../incoming.ts';
import { refusedHeader, refusedId, uuidPattern } from './named-account.ts';

/** The account that a service key acts for, and what it may do there: the same in every account. */
interface ServedAccount {
  account: AccountAccess;
  access: { scopes: readonly ServiceScope[] };
}

/** The form of an id that the operator's own product gives an account. */
const externalIdPattern = /^[!-~]{1,200}$/;

/**
 * The account that a service key acts for: the one that the call names, by its id or by its external id. Refuses
 * `account_required` without a name, `invalid_input` for one without the right form and for two, and `not_found`; an
 * account that is no sandbox does not exist for a test key.
 */
export async function resolveServiceAccount(
  { scopes, mode }: ServiceActor,
  named: Pick<Incoming, 'accounts' | 'externalAccounts'>,
  cache: AccessCache,
  now: Date,
): Promise<ServedAccount | Refusal<'invalid_input' | 'account_required' | 'not_found'>> {
  const { accounts, externalAccounts } = named;
  if (accounts.length + externalAccounts.length === 0) return refuse('account_required');
  const header = accounts.length > 0 ? accountHeader : externalAccountHeader;
  const id = await idOfNamed(named, cache);
  if (isRefusal(id)) return id;
  const account = id === undefined ? undefined : await cache.account(id);
  return account === undefined || (mode === 'test' && !account.sandbox)
    ? refusedId(header, 'names no account')
    : { account: accountAt(account, now), access: { scopes } };
}

/** The id of the one account that headers name; undefined for an external id that nobody has. */
async function idOfNamed(
  { accounts, externalAccounts }: Pick<Incoming, 'accounts' | 'externalAccounts'>,
  cache: AccessCache,
): Promise<string | undefined | Refusal<'invalid_input'>> {
  const [id] = accounts;
  const [externalId] = externalAccounts;
  if (accounts.length > 1 || (id !== undefined && !uuidPattern.test(id)))
    return refusedHeader(accountHeader, 'must be one UUID');
  if (externalId === undefined) return id?.toLowerCase();
  if (id !== undefined)
    return refusedHeader(externalAccountHeader, `stands beside ${accountHeader}; name the account once`);
  if (externalAccounts.length > 1 || !externalIdPattern.test(externalId))
    return refusedHeader(externalAccountHeader, 'must be one id of 1 to 200 visible ASCII characters');
  return (await cache.externalAccount(externalId))?.id;
}
