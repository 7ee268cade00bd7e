import type { CreateHoldInput } from '@tenantry/contract/credit-hold';
import { newId } from '@tenantry/db/ids';
import type { Decision, LedgerContext, LedgerService, LedgerView, NewHold } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { type OperationPrice, priceOf, shownPrice } from '@tenantry/domain/credit/price';
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
    const forbidden = refusalIfSiteForbidden(context, input.siteId ?? null);
    if (forbidden !== undefined) return forbidden;
    const quoted = quote(context.view, input);
    return isRefusal(quoted) ? quoted : reserve(context, input, quoted);
  },
};

/** What is reserved, with the version of the price that it was quoted; null for an amount that the caller named. */
export interface Quote {
  amount: number;
  priceVersion: number | null;
  facts: EntryFacts;
}

/** Reserves what was quoted. Refuses what `holdCredits` refuses, apart from the quote. */
export function holdQuoted(
  context: LedgerContext,
  hold: HeldFor,
  quoted: Quote,
): Decision<HoldView> | Refusal<Exclude<HoldRefusal, 'invalid_input'>> {
  return refusalIfSiteForbidden(context, hold.siteId ?? null) ?? reserve(context, hold, quoted);
}

/** What a hold is for. */
type HeldFor = Pick<CreateHoldInput, 'operation' | 'siteId' | 'ttlSeconds' | 'metadata'>;

function reserve(
  { view, actor, now }: LedgerContext,
  hold: HeldFor,
  { amount, priceVersion, facts }: Quote,
): Decision<HoldView> | Refusal<'insufficient_credits' | 'spending_limit_reached'> {
  const { operation = null, siteId = null, ttlSeconds, metadata } = hold;
  const id = newId();
  const keyId = actor.kind === 'api_key' ? actor.keyId : null;
  const place = { operation, siteId, limitGroupId: keyId === null ? null : view.limitGroup(keyId) };
  const taken = takeHold(view.books, amount, { holdId: id, ...place, facts }, now);
  if (isRefusal(taken)) return taken;
  const { books, backings } = taken;
  const expiresAt = new Date(now.getTime() + ttlSeconds * 1000);
  const made: NewHold = { id, amount, ...place, priceVersion, keyId, metadata, expiresAt, backings };
  return { books, newHolds: [made], answer: holdView({ ...made, status: 'open', createdAt: now }, now) };
}

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
): Refusal<'invalid_input' | 'not_found'> | Quote {
  if (amount !== undefined) return { amount, priceVersion: null, facts: {} };
  if (operation === undefined || units === undefined) return refuse('invalid_input');
  const price = view.price(operation);
  if (price === undefined) return refuse('not_found');
  if (price.rates !== null) return refuse('invalid_input', rateless);
  return quoteAt(price, priceOf(price, units), units);
}

const rateless = {
  errors: [{ path: 'units', message: 'tokens of this operation have rates of their own: hold an amount' }],
};

/** A quote at a price; a hold is of one credit at least. */
export function quoteAt(price: OperationPrice, credits: number, units: number): Quote {
  const facts = { price: shownPrice(price), units };
  return { amount: Math.max(1, credits), priceVersion: price.version, facts };
}
