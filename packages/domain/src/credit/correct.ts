import { type Refusal, isRefusal, refuse } from '../refusals.ts';
import { type Backing, type Book, type EntryFacts, type Grant, isLive } from './books.ts';
import { type Books, type Tags, post, takeAvailable } from './ledger.ts';
import { type Spender, countSpending, giveBackSpending } from './limits.ts';

/** A correction of what is available: `amount` above zero gives, below zero takes. */
export interface Adjustment {
  /** The grant that is made when it gives. */
  grant: GrantName & { kind: 'adjustment' | 'promo' | 'purchase'; expiresAt: Date | null };
  amount: number;
  facts: EntryFacts;
}

/** What a new grant is called, and why it is made; the reference is unique by account and kind. */
interface GrantName {
  id: string;
  reference: string;
}

/** An entry that charged an account, with what was given back of it before. */
export interface Charge extends Tags {
  id: string;
  kind: string;
  to: Book;
  amount: number;
  facts: EntryFacts;
  returns: readonly { kind: string; amount: number }[];
}

/**
 * Adjusts what is available by staff's word: a grant of its own, or credits that go back to where grants come from,
 * in burn order and never more than there are. Refuses `insufficient_credits` with the figures, and `invalid_input`
 * for an expiry that is over, or an expiry or another kind of credits that are taken.
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
 * Refunds a charge, whole or in part, once. What came from a grant that still lives goes back into it. What came from
 * one that is over becomes a new grant without expiry: a refund is made by hand, to put right what was our mistake, and
 * credits that nobody could spend would put nothing right. It is not granted anew: it comes out of what was spent.
 * Refuses `conflict` for what is no charge or has nothing left to give back, and `amount_mismatch` with the figures
 * above what is left of it.
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

/** A settled hold: what it was charged by, at what in all, and whose spending it was. */
interface Settled {
  charges: readonly Charge[];
  settled: number;
  place: Tags;
  spender: Spender & { createdAt: Date };
}

/**
 * Sets right what a hold was settled at by an estimate: more is taken from what is available, less is given back as if
 * the settle had been right at first. So what came from a grant that is over by now expires, and an estimate carries
 * no credit past its grant's end. Spending limits count it like the settle. Refuses `settle_above_hold` beyond what is
 * available or the limits let pass, and `conflict` once staff have given back any of it.
 */
export function trueUp(
  stored: Books,
  { charges, settled, place, spender }: Settled,
  { spent, facts }: { spent: number; facts: EntryFacts },
  now: Date,
): Books | Refusal<'settle_above_hold' | 'conflict'> {
  const isWhole = charges.reduce((sum, { amount }) => sum + amount, 0) === settled;
  if (!isWhole || charges.some(({ returns }) => returns.length > 0)) return refuse('conflict');
  const limits =
    spent >= settled
      ? countSpending(stored.limits, spender, spent - settled, now)
      : giveBackSpending(stored.limits, spender, settled - spent);
  if (isRefusal(limits)) return refuse('settle_above_hold');
  const books = { ...stored, limits };
  if (spent >= settled) {
    const more = { ...place, kind: 'true_up', to: 'spent', amount: spent - settled, facts } as const;
    const charged = takeAvailable(books, more, now);
    return isRefusal(charged) ? refuse('settle_above_hold') : charged;
  }
  let back = settled - spent;
  return charges.toReversed().reduce((before, charge) => {
    const part = Math.min(back, charge.amount);
    back -= part;
    return giveBack(before, charge, part, facts, now);
  }, books);
}

function giveBack(books: Books, charge: Charge, amount: number, facts: EntryFacts, now: Date): Books {
  const { live, over, lost } = backersOf(books, charge, amount, now);
  const back = { ...placeOf(charge), kind: 'true_up', from: 'spent' } as const;
  const told = (grants: Backing[]) => ({ ...facts, reverses: charge.id, grants });
  const returned = { ...back, to: 'available', amount: amount - lost, facts: told(live) } as const;
  const expired = { ...back, to: 'expired', amount: lost, facts: told(over) } as const;
  return post(books, [returned, expired], putBack(books.grants, live));
}

/** Whether an entry is one that an account was charged by. */
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
 * The grants that part of a charge goes back to: those that paid last, as if the charge had been smaller at first.
 * `lost` is what came from grants that are over, `over` names them.
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
