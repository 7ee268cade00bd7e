import { type Page, type PageInput, afterId, afterSequence, pageOf } from '../page.ts';
import type { Records } from '../transact.ts';
import { CreditHold, LedgerEntry } from './entity.ts';

/** The account's journal, newest first. */
export async function listEntries({ em }: Records, { limit, cursor }: PageInput): Promise<Page<LedgerEntry>> {
  const rows = await em.find(LedgerEntry, afterSequence(cursor), {
    orderBy: { sequence: 'desc' },
    limit: limit + 1,
  });
  return pageOf(rows, limit, (entry) => String(entry.sequence));
}

/** The account's holds, newest first. */
export async function listHolds({ em }: Records, { limit, cursor }: PageInput): Promise<Page<CreditHold>> {
  const rows = await em.find(CreditHold, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (hold) => hold.id);
}

/** A hold of the account, or null. */
export function findHold({ em }: Records, id: string): Promise<CreditHold | null> {
  return em.findOne(CreditHold, { id }, { refresh: true });
}
