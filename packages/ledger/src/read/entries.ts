import { LedgerEntry } from '@tenantry/db/credit/entity';
import { type Page, type PageInput, afterSequence, pageOf } from '@tenantry/db/page';
import { ofVisibleSites } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

export type { LedgerEntry } from '@tenantry/db/credit/entity';

/** Which entries of the journal are asked for. */
export interface EntryFilter {
  kind?: LedgerEntry['kind'] | undefined;
  operation?: string | undefined;
  siteId?: string | undefined;
  /** The API key that made them. */
  keyId?: string | undefined;
  /** The first time. */
  from?: string | undefined;
  /** The time before which they were made. */
  to?: string | undefined;
}

/** The account's journal, newest first; an actor who is limited to sites sees theirs alone. */
export async function listEntries(
  tx: AccountTransaction,
  { limit, cursor, ...filter }: PageInput & EntryFilter,
): Promise<Page<LedgerEntry>> {
  const rows = await tx.em.find(
    LedgerEntry,
    { $and: [afterSequence(cursor), ofVisibleSites(tx), conditionOf(filter)] },
    { orderBy: { sequence: 'desc' }, limit: limit + 1 },
  );
  return pageOf(rows, limit, (entry) => String(entry.sequence));
}

function conditionOf({ kind, operation, siteId, keyId, from, to }: EntryFilter) {
  const since = from === undefined ? {} : { $gte: new Date(from) };
  const before = to === undefined ? {} : { $lt: new Date(to) };
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(operation === undefined ? {} : { operation }),
    ...(siteId === undefined ? {} : { siteId }),
    ...(keyId === undefined ? {} : { actor: `api_key:${keyId}` }),
    ...(from === undefined && to === undefined ? {} : { at: { ...since, ...before } }),
  };
}

/** An entry of the account, or null. */
export function findEntry({ em }: AccountTransaction, id: string): Promise<LedgerEntry | null> {
  return em.findOne(LedgerEntry, { id });
}

/** The entry that staff call by a reference, or null. */
export function findEntryOfReference(
  { em }: AccountTransaction,
  reference: string,
): Promise<LedgerEntry | null> {
  return em.findOne(LedgerEntry, { reference });
}

/** The newest entry of the account. Throws when it has none. */
export async function newestEntry({ em, accountId }: AccountTransaction): Promise<LedgerEntry> {
  const [entry] = await em.find(LedgerEntry, {}, { orderBy: { sequence: 'desc' }, limit: 1 });
  if (entry === undefined) throw new Error(`account ${accountId}: the journal has no entry`);
  return entry;
}

/** The entries that gave back an entry, whole or in part, oldest first. */
export function findReturns({ em }: AccountTransaction, id: string): Promise<LedgerEntry[]> {
  return em.find(LedgerEntry, { reversesId: id }, { orderBy: { sequence: 'asc' } });
}
