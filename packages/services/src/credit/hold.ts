import type { CreateHoldInput } from '@tenantry/contract/credit-hold';
import { newId } from '@tenantry/db/ids';
import type { LedgerContext, LedgerService, LedgerView, NewHold } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { priceOf, shownPrice } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type HoldView, holdView } from './view.ts';

/** What a hold can be refused for. */
export type HoldRefusal =
  | 'site_forbidden'
  | 'not_found'
  | 'invalid_input'
  | 'insufficient_credits'
  | 'spending_limit_reached';

/**
 * Reserves credits before work: an amount, or the price of units of an operation. Refuses `not_found` for an
 * operation or site that is not there, `site_forbidden` to an actor of named sites that names none, `invalid_input`
 * without an amount or units, and `insufficient_credits` and `spending_limit_reached` with the figures.
 */
export const holdCredits: LedgerService<CreateHoldInput, HoldView, HoldRefusal> = {
  reads: ({ siteId, operation }) => ({
    siteIds: siteId === undefined ? [] : [siteId],
    operations: operation === undefined ? [] : [operation],
    isSpent: true,
  }),
  decide(context, input) {
    const { view, actor, now } = context;
    const { siteId = null, operation = null, ttlSeconds, metadata } = input;
    const forbidden = refusalIfSiteForbidden(context, siteId);
    if (forbidden !== undefined) return forbidden;
    const quoted = quote(view, input);
    if (isRefusal(quoted)) return quoted;
    const { amount, facts } = quoted;
    const id = newId();
    const keyId = actor.kind === 'api_key' ? actor.keyId : null;
    const place = { operation, siteId, limitGroupId: keyId === null ? null : view.limitGroup(keyId) };
    const taken = takeHold(view.books, amount, { holdId: id, ...place, facts }, now);
    if (isRefusal(taken)) return taken;
    const { books, backings } = taken;
    const expiresAt = new Date(now.getTime() + ttlSeconds * 1000);
    const hold: NewHold = { id, amount, ...place, keyId, metadata, expiresAt, backings };
    return { books, newHolds: [hold], answer: holdView({ ...hold, status: 'open', createdAt: now }, now) };
  },
};

function refusalIfSiteForbidden(
  { view, sites }: LedgerContext,
  siteId: string | null,
): Refusal<'site_forbidden' | 'not_found'> | undefined {
  if (siteId === null) return sites === undefined ? undefined : refuse('site_forbidden');
  const isOwn = view.hasSite(siteId) && (sites === undefined || sites.includes(siteId));
  return isOwn ? undefined : refuse('not_found');
}

function quote(
  view: LedgerView,
  { amount, operation, units }: CreateHoldInput,
): Refusal<'invalid_input' | 'not_found'> | { amount: number; facts: EntryFacts } {
  if (amount !== undefined) return { amount, facts: {} };
  if (operation === undefined || units === undefined) return refuse('invalid_input');
  const price = view.price(operation);
  if (price === undefined) return refuse('not_found');
  return { amount: Math.max(1, priceOf(price, units)), facts: { price: shownPrice(price), units } };
}
