import type { CreateHoldInput } from '@tenantry/contract/credit-hold';
import { newId } from '@tenantry/db/ids';
import type { Decision, LedgerContext, LedgerService, LedgerView, NewHold } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { type OperationPrice, shownPrice } from '@tenantry/domain/credit/price';
import { quoteOfUse } from '@tenantry/domain/credit/use';
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
 * Reserves credits before work: an amount, or the price of units or of tokens of an operation. Refuses `not_found` for an
 * operation or site that is not there, `site_forbidden` to an actor of named sites that names none, `invalid_input`
 * without an amount, units or usage, and for usage of an operation that is not counted in tokens, and `insufficient_credits` and `spending_limit_reached` with the figures.
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
  { amount, operation, units, usage }: CreateHoldInput,
): Refusal<'invalid_input' | 'not_found'> | Quote {
  if (amount !== undefined) return { amount, priceVersion: null, facts: {} };
  if (operation === undefined) return refuse('invalid_input');
  const price = view.price(operation);
  if (price === undefined) return refuse('not_found');
  const most = quoteOfUse(price, {
    units,
    usage: usage === undefined ? undefined : { ...usage, source: 'estimated' },
  });
  if (isRefusal(most)) return most;
  const quoted = quoteAt(price, most.credits, most.units);
  return most.usage === undefined ? quoted : { ...quoted, facts: { ...quoted.facts, usage: most.usage } };
}

/** A quote at a price; a hold is of one credit at least. */
export function quoteAt(price: OperationPrice, credits: number, units: number): Quote {
  const facts = { price: shownPrice(price), units };
  return { amount: Math.max(1, credits), priceVersion: price.version, facts };
}
