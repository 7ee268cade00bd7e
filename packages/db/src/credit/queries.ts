import type { Grant } from '@tenantry/domain/credit/books';
import { type Page, type PageInput, afterId, afterSequence, pageOf } from '../page.ts';
import type { AccountTransaction } from '../transaction.ts';
import { CreditGrant, CreditHold, LedgerEntry } from './entity.ts';

const ofSites = (sites: readonly string[] | undefined) =>
  sites === undefined ? {} : { siteId: { $in: [...sites] } };

/** The account's journal, newest first; an actor who is limited to sites sees theirs alone. */
export async function listEntries(
  { em, sites }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<LedgerEntry>> {
  const rows = await em.find(
    LedgerEntry,
    { ...afterSequence(cursor), ...ofSites(sites) },
    {
      orderBy: { sequence: 'desc' },
      limit: limit + 1,
    },
  );
  return pageOf(rows, limit, (entry) => String(entry.sequence));
}

/** The account's holds, newest first. */
export async function listHolds(
  { em, sites }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditHold>> {
  const rows = await em.find(
    CreditHold,
    { ...afterId(cursor), ...ofSites(sites) },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  return pageOf(rows, limit, (hold) => hold.id);
}

/** A hold of the account, or null. */
export function findHold({ em }: AccountTransaction, id: string): Promise<CreditHold | null> {
  return em.findOne(CreditHold, { id }, { refresh: true });
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

/** The newest entry of the account. */
export async function newestEntry({ em }: AccountTransaction): Promise<LedgerEntry> {
  const [entry] = await em.find(LedgerEntry, {}, { orderBy: { sequence: 'desc' }, limit: 1 });
  if (entry === undefined) throw new Error('an account without entries');
  return entry;
}

/** The entries that gave back an entry, whole or in part, oldest first. */
export function findReturns({ em }: AccountTransaction, id: string): Promise<LedgerEntry[]> {
  return em.find(LedgerEntry, { reversesId: id }, { orderBy: { sequence: 'asc' } });
}

/** Grants of the account by their ids. */
export function findGrants({ em }: AccountTransaction, ids: readonly string[]): Promise<CreditGrant[]> {
  return ids.length === 0 ? Promise.resolve([]) : em.find(CreditGrant, { id: { $in: [...ids] } });
}

/** Plan grants that have not ended and have nothing left: the books are read without them. */
export async function findSpentPlanGrants({ em, now }: AccountTransaction): Promise<Grant[]> {
  const spent = { kind: 'plan', available: 0, held: 0 } as const;
  const running = { ...spent, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  return (await em.find(CreditGrant, running)).map(grantOfRow);
}

/** A grant as the rules know it. */
export function grantOfRow({ id, kind, available, held, expiresAt = null }: CreditGrant): Grant {
  return { id, kind, available, held, expiresAt };
}

/** The account's grants, newest first. */
export async function listGrants(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditGrant>> {
  const rows = await em.find(CreditGrant, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (grant) => grant.id);
}
