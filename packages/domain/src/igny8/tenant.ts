import { type ImportedChange, importedChanges } from './credits.ts';
import { type ImportedMember, importedMembers, importedName } from './people.ts';
import { type ImportedSite, importedSites } from './sites.ts';
import type { ImportNote, OldTenant } from './source.ts';
import { type ImportedSubscription, importedSubscription } from './subscription.ts';

/** An account of the old product as Tenantry writes it, and what of it is left out or changed. */
export interface ImportedTenant {
  name: string;
  isSuspended: boolean;
  members: readonly ImportedMember[];
  subscription: ImportedSubscription;
  sites: readonly ImportedSite[];
  changes: readonly ImportedChange[];
  notes: readonly ImportNote[];
}

/** What Tenantry makes of an account. `taken` is what `addressesOf` answers for all people of the source. */
export function importedTenant(
  tenant: OldTenant,
  taken: ReadonlyMap<string, string>,
  now: Date,
): ImportedTenant {
  const { account, transactions } = tenant;
  const name = importedName(account.name) ?? importedName(account.slug) ?? `Account ${account.id}`;
  const note = (reason: string): ImportNote => ({
    outcome: 'changed',
    table: 'accounts',
    id: account.id,
    account: account.id,
    reason,
  });
  const { members, notes: ofPeople } = importedMembers(tenant, taken);
  const { subscription, notes: ofSubscription } = importedSubscription(tenant, now);
  const { sites, notes: ofSites } = importedSites(tenant);
  const changes = importedChanges(tenant);
  const correction = changes.find(({ reference }) => reference === 'igny8:correction')?.amount ?? 0;
  const ofAccount = [
    ...(name === account.name ? [] : [note(`its name becomes ${JSON.stringify(name)}`)]),
    ...(account.credits < 0 ? [note(`its balance is ${account.credits} credits, and becomes 0`)] : []),
    ...(correction === 0
      ? []
      : [note(`its changes of credits do not add up to its balance: ${correction} are booked beside them`)]),
  ];
  const empty = transactions.filter(({ amount }) => amount === 0);
  const ofTransactions = empty.map(
    ({ id }): ImportNote => ({
      outcome: 'left out',
      table: 'transactions',
      id,
      account: account.id,
      reason: 'it changes nothing',
    }),
  );
  return {
    name,
    isSuspended: account.status === 'suspended',
    members,
    subscription,
    sites,
    changes,
    notes: [...ofAccount, ...ofPeople, ...ofSubscription, ...ofSites, ...ofTransactions],
  };
}
