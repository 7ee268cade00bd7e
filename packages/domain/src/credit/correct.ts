import { type Refusal, isRefusal, refuse } from '../refusals.ts';
import { type Backing, type Book, type EntryFacts, type Grant, isLive } from './books.ts';
import { type Books, type Tags, post, takeAvailable } from './ledger.ts';
import { type Spender, countSpending, giveBackSpending } from './limits.ts';

/** A correction of the available credits. An `amount` above zero adds credits, and one below zero removes them. */
export interface Adjustment {
  /** The grant that an amount above zero makes. */
  grant: GrantName & { kind: 'adjustment' | 'promo' | 'purchase'; expiresAt: Date | null };
  amount: number;
  facts: EntryFacts;
}

/** The id of a new grant, and the reason for it. The reference is unique by account and kind. */
interface GrantName {
  id: string;
  reference: string;
}

/** An entry that charged an account, with the returns that were booked for it before. */
export interface Charge extends Tags {
  id: string;
  kind: string;
  to: Book;
  amount: number;
  facts: EntryFacts;
  returns: readonly { kind: string; amount: number }[];
}

/**
 * Adjusts the available credits, as staff decide. An amount above zero adds a grant. An amount below zero removes
 * credits in burn order, from `available` back to `granted`. Refuses `insufficient_credits` with the figures, and
 * `invalid_input` for an expiry in the past, or for an expiry or a kind with an amount below zero.
 */
export function adjust(
  books: Books,
  { grant: { id, kind, expiresAt, reference }, amount, facts }: Adjustment,
  now: Date,
): Books | Refusal<'insufficient_credits' | 'invalid_input'> {
  if (expiresAt !== null && (amount < 0 || expiresAt <= now)) return refuse('invalid_input', notInFuture);
  if (kind !== 'adjustment' && amount < 0) return refuse('invalid_input', ofNoKind);
  if (amount < 0)
    return takeAvailable(books, { kind: 'adjustment', to: 'granted', amount: -amount, facts }, now);
  const grant: Grant = { id, kind, available: amount, held: 0, expiresAt, reference };
  const movement = { from: 'granted', to: 'available', amount } as const;
  return post(books, [{ ...movement, kind: 'adjustment', grantId: id, facts }], [...books.grants, grant]);
}

const notInFuture = {
  errors: [{ path: 'expiresAt', message: 'is a time to come, and only of credits that are given' }],
};

const ofNoKind = { errors: [{ path: 'kind', message: 'is only of credits that are given' }] };

/**
 * Refunds a charge once, whole or in part. Credits of a live grant return to that grant. Credits of an expired grant
 * become a new grant without expiry, because staff refund a mistake and the account must be able to spend the refund.
 * The credits move from `spent`, so the granted sum stays as it is. Refuses `conflict` for an entry that is no charge,
 * was refunded before or has nothing left, and `amount_mismatch` with the figures above the rest of the charge.
 */
export function reverse(
  books: Books,
  charge: Charge,
  { amount, reason, grant }: { amount?: number | undefined; reason: string; grant: GrantName },
  now: Date,
): Books | Refusal<'conflict' | 'amount_mismatch'> {
  const left = leftOf(charge);
  const isReversed = charge.returns.some(({ kind }) => kind === 'reversal');
  if (!isCharge(charge) || isReversed || left === 0) return refuse('conflict');
  const given = amount ?? left;
  if (given > left) return refuse('amount_mismatch', { required: given, available: left });
  const { live, lost } = backersOf(books, charge, given, now);
  const fresh: Grant[] =
    lost === 0 ? [] : [{ ...grant, kind: 'adjustment', available: lost, held: 0, expiresAt: null }];
  const parts = [...live, ...fresh.map(({ id, available }) => ({ grantId: id, amount: available }))];
  const facts = { reason, reverses: charge.id, grants: parts };
  const movement = { kind: 'reversal', from: 'spent', to: 'available', amount: given } as const;
  return post(
    books,
    [{ ...placeOf(charge), ...movement, facts }],
    [...putBack(books.grants, live), ...fresh],
  );
}

/** A settled hold: its charges, their sum, its tags, who spent it, and how much it held when it was made. */
interface Settled {
  charges: readonly Charge[];
  settled: number;
  place: Tags;
  spender: Spender;
  held: number;
  heldAt: Date;
  settledAt: Date;
}

/**
 * Corrects a hold that was settled by an estimate. A higher amount is charged from the available credits. A lower amount
 * returns credits as if the settle had been exact. Returned credits of an expired grant expire, so an estimate does not
 * extend a grant. Spending limits count more on the day of the correction; less is given back to the days on which it
 * was counted. Refuses `insufficient_credits` and `spending_limit_reached` with the figures, and `conflict` when any part
 * was returned before.
 */
export function trueUp(
  stored: Books,
  { charges, settled, place, ...counted }: Settled,
  { spent, facts }: { spent: number; facts: EntryFacts },
  now: Date,
): Books | Refusal<'insufficient_credits' | 'spending_limit_reached' | 'conflict'> {
  const isWhole = charges.reduce((sum, { amount }) => sum + amount, 0) === settled;
  if (!isWhole || charges.some(({ returns }) => returns.length > 0)) return refuse('conflict');
  if (spent >= settled) {
    const more = { ...place, kind: 'true_up', to: 'spent', amount: spent - settled, facts } as const;
    const charged = takeAvailable(stored, more, now);
    if (isRefusal(charged)) return charged;
    const limits = countSpending(stored.limits, counted.spender, spent - settled, now);
    return isRefusal(limits) ? limits : { ...charged, limits };
  }
  const limits = giveBackCharge(stored.limits, { settled, ...counted }, settled - spent);
  const books = { ...stored, limits };
  let back = settled - spent;
  return charges.toReversed().reduce((before, charge) => {
    const part = Math.min(back, charge.amount);
    back -= part;
    return giveBack(before, charge, part, facts, now);
  }, books);
}

/** Gives back what was paid last: first what the settle took above the hold, on its day, and then what was held. */
function giveBackCharge(
  limits: Books['limits'],
  { settled, spender, held, heldAt, settledAt }: Omit<Settled, 'charges' | 'place'>,
  amount: number,
): Books['limits'] {
  const fromExcess = Math.min(amount, Math.max(0, settled - held));
  const without = giveBackSpending(limits, spender, settledAt, fromExcess);
  return giveBackSpending(without, spender, heldAt, amount - fromExcess);
}

function giveBack(books: Books, charge: Charge, amount: number, facts: EntryFacts, now: Date): Books {
  const { live, over, lost } = backersOf(books, charge, amount, now);
  const back = { ...placeOf(charge), kind: 'true_up', from: 'spent' } as const;
  const factsOf = (grants: Backing[]) => ({ ...facts, reverses: charge.id, grants });
  const returned = { ...back, to: 'available', amount: amount - lost, facts: factsOf(live) } as const;
  const expired = { ...back, to: 'expired', amount: lost, facts: factsOf(over) } as const;
  return post(books, [returned, expired], putBack(books.grants, live));
}

/** Whether an entry charges its account. */
export function isCharge({ kind, to }: Pick<Charge, 'kind' | 'to'>): boolean {
  return to === 'spent' && (kind === 'settle' || kind === 'true_up');
}

const leftOf = ({ amount, returns }: Charge): number =>
  returns.reduce((left, returned) => left - returned.amount, amount);

const placeOf = ({ holdId, operation, siteId }: Charge): Tags => ({
  ...(holdId === undefined ? {} : { holdId }),
  operation: operation ?? null,
  siteId: siteId ?? null,
});

/**
 * The grants that receive a part of a charge: those that paid last, as if the charge had been smaller. `live` lists the
 * parts of live grants, `over` those of expired grants, and `lost` is the sum of `over`.
 */
function backersOf(books: Books, charge: Charge, amount: number, now: Date) {
  const known = new Map(books.grants.map((grant) => [grant.id, isLive(grant, now)]));
  let kept = leftOf(charge) - amount;
  let missing = amount;
  const parts = (charge.facts.grants ?? []).flatMap(({ grantId, amount: paid }) => {
    const passed = Math.min(kept, paid);
    const part = Math.min(missing, paid - passed);
    kept -= passed;
    missing -= part;
    if (!known.has(grantId))
      throw new Error(`charge ${charge.id} came from grant ${grantId}, which is missing`);
    return part === 0 ? [] : [{ grantId, amount: part }];
  });
  const live = parts.filter(({ grantId }) => known.get(grantId) === true);
  const over = parts.filter(({ grantId }) => known.get(grantId) === false);
  return { live, over, lost: live.reduce((lost, part) => lost - part.amount, amount) };
}

function putBack(grants: readonly Grant[], parts: readonly Backing[]): Grant[] {
  const byGrant = new Map(parts.map((part) => [part.grantId, part.amount]));
  return grants.map((grant) => {
    const part = byGrant.get(grant.id);
    return part === undefined ? grant : { ...grant, available: grant.available + part };
  });
}
