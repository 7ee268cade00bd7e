import { type NewHold, loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import { findOperation } from '@tenantry/db/operation/queries';
import { findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { catchUp, takeHold } from '@tenantry/domain/credit/ledger';
import { priceOf } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { holdView } from './view.ts';

export interface HoldInput {
  amount?: number | undefined;
  operation?: string | undefined;
  units?: number | undefined;
  siteId?: string | undefined;
  ttlSeconds: number;
  metadata: Record<string, string>;
}

/**
 * Reserves credits before work: an amount, or the price of units of an operation. Refuses `not_found` for an
 * operation or site that is not there, `site_forbidden` to a key of one site that names none, and
 * `insufficient_credits` with the figures.
 */
export async function holdCredits(records: Records, input: HoldInput) {
  const site = await siteOf(records, input.siteId);
  if (isRefusal(site)) return site;
  const amount = await amountOf(records, input);
  if (isRefusal(amount)) return amount;
  const before = await loadBooks(records, 'lock');
  const current = catchUp(before, before.overdue, records.now);
  const id = newId();
  const operation = input.operation ?? null;
  const taken = takeHold(current, amount, { holdId: id, operation, siteId: site.siteId }, records.now);
  if (isRefusal(taken)) return taken;
  const expiresAt = new Date(records.now.getTime() + input.ttlSeconds * 1000);
  const hold: NewHold = {
    id,
    amount,
    operation,
    siteId: site.siteId,
    metadata: input.metadata,
    expiresAt,
    backings: taken.backings,
  };
  const resolved = before.overdue.map((overdue) => expiredHold(overdue.id));
  await writeBooks(records, { before, after: taken.books, newHolds: [hold], resolved });
  return holdView({ ...hold, status: 'open', createdAt: records.now }, records.now);
}

/** What is written of a hold that time has resolved. */
export function expiredHold(id: string) {
  return { id, status: 'expired' as const, settledAmount: 0 };
}

async function siteOf(
  records: Records,
  named: string | undefined,
): Promise<{ siteId: string | null } | Refusal> {
  if (named === undefined) return records.sites === undefined ? { siteId: null } : refuse('site_forbidden');
  return (await findSite(records, named)) === null ? refuse('not_found') : { siteId: named };
}

async function amountOf({ em }: Records, { amount, operation, units }: HoldInput): Promise<number | Refusal> {
  if (amount !== undefined) return amount;
  if (operation === undefined || units === undefined) return refuse('invalid_input');
  const price = await findOperation(em, operation);
  return price === null ? refuse('not_found') : Math.max(1, priceOf(price, units));
}
