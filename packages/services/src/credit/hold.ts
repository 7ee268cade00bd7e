import type { NewHold } from '@tenantry/db/credit/change';
import { newId } from '@tenantry/db/ids';
import type { LedgerView, LedgerWork } from '@tenantry/db/group-commit/call';
import type { CallInfo } from '@tenantry/db/transaction';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { priceOf, shownPrice } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type HoldView, holdView } from './view.ts';

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
 * operation or site that is not there, `site_forbidden` to an actor of named sites that names none, and
 * `insufficient_credits` and `spending_limit_reached` with the figures.
 */
export function holdCredits(input: HoldInput): LedgerWork<HoldView> {
  const { siteId, operation = null, ttlSeconds, metadata } = input;
  return {
    ...(siteId === undefined ? {} : { siteIds: [siteId] }),
    ...(operation === null ? {} : { operations: [operation] }),
    decide: (view, callInfo) => {
      const forbidden = siteRefusal(view, callInfo, siteId);
      if (forbidden !== undefined) return forbidden;
      const quoted = quote(view, input);
      if (isRefusal(quoted)) return quoted;
      const { amount, facts } = quoted;
      const id = newId();
      const keyId = callInfo.actor.kind === 'api_key' ? callInfo.actor.keyId : null;
      const place = { operation, siteId: siteId ?? null, keyId };
      const taken = takeHold(view.books, amount, { holdId: id, ...place, facts }, view.now);
      if (isRefusal(taken)) return taken;
      const { books, backings } = taken;
      const expiresAt = new Date(view.now.getTime() + ttlSeconds * 1000);
      const hold: NewHold = { id, amount, ...place, metadata, expiresAt, backings };
      const answer = holdView({ ...hold, status: 'open', createdAt: view.now }, view.now);
      return { books, newHolds: [hold], answer };
    },
  };
}

/** What is written of a hold that time has resolved. */
export function expiredHold(id: string) {
  return { id, status: 'expired' as const, settledAmount: 0 };
}

function siteRefusal(view: LedgerView, { sites }: CallInfo, siteId: string | undefined): Refusal | undefined {
  if (siteId === undefined) return sites === undefined ? undefined : refuse('site_forbidden');
  const isOwn = view.hasSite(siteId) && (sites === undefined || sites.includes(siteId));
  return isOwn ? undefined : refuse('not_found');
}

function quote(
  view: LedgerView,
  { amount, operation, units }: HoldInput,
): Refusal | { amount: number; facts: EntryFacts } {
  if (amount !== undefined) return { amount, facts: {} };
  if (operation === undefined || units === undefined) return refuse('invalid_input');
  const price = view.price(operation);
  if (price === undefined) return refuse('not_found');
  return { amount: Math.max(1, priceOf(price, units)), facts: { price: shownPrice(price), units } };
}
