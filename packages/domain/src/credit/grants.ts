import { type Grant, type GrantKind, byBurnOrder, isLive } from './books.ts';
import { type Books, type Posting, post } from './ledger.ts';

/** A grant before it is booked. */
export interface NewGrant {
  id: string;
  amount: number;
  expiresAt: Date | null;
  /** Why it is made; unique by account and kind, so that nothing is granted twice. */
  reference: string;
}

/** Adds a grant. */
export function addGrant(books: Books, grant: NewGrant & { kind: GrantKind }, at?: Date): Books {
  const { id, kind, amount, expiresAt, reference } = grant;
  const posting: Posting = {
    kind: 'grant',
    from: 'granted',
    to: 'available',
    amount,
    grantId: id,
    ...(at === undefined ? {} : { at }),
  };
  const added: Grant = { id, kind, available: amount, held: 0, expiresAt, reference };
  return post(books, [posting], [...books.grants, added]);
}

/**
 * Sets the plan part: the running plan grants end and the next begins. Of what is left, up to `rolloverMax` stays in
 * its grant, the newest first, and lives as long as the next. What is held of an ended grant still pays for its holds.
 * Source: "confirmation or renewal sets". `at` is given when time alone does this.
 */
export function setPlanGrant(
  books: Books,
  { rolloverMax = 0, ...next }: NewGrant & { rolloverMax?: number },
  now: Date,
  at?: Date,
): Books {
  let room = rolloverMax;
  const running = books.grants
    .filter(({ kind, expiresAt }) => kind === 'plan' && (expiresAt === null || expiresAt >= now))
    .toSorted((left, right) => (left.id < right.id ? 1 : -1));
  const shares = running.map((grant) => {
    const share = Math.min(room, grant.available);
    room -= share;
    return { grant, share };
  });
  const kept = new Map(shares.map(({ grant, share }) => [grant.id, share]));
  const ended = shares.reduce(
    (before, { grant, share }) => takeFrom(before, grant, grant.available - share, 'grant_end', at),
    books,
  );
  const grants = ended.grants.map((grant) => {
    const left = kept.get(grant.id);
    if (left === undefined) return grant;
    return { ...grant, expiresAt: left > 0 ? next.expiresAt : now };
  });
  const closed = { ...ended, grants };
  return next.amount === 0 ? closed : addGrant(closed, { ...next, kind: 'plan' }, at);
}

/** Ends what is left of grants whose time is over. */
export function expireGrants(books: Books, at: Date): Books {
  const gone = books.grants.filter((grant) => grant.available > 0 && !isLive(grant, at));
  return gone.reduce(
    (before, grant) => takeFrom(before, grant, grant.available, 'grant_expiry', grant.expiresAt ?? at),
    books,
  );
}

function takeFrom(
  books: Books,
  grant: Grant,
  amount: number,
  kind: 'grant_expiry' | 'grant_end',
  at: Date | undefined,
): Books {
  const posting: Posting = {
    kind,
    from: 'available',
    to: 'expired',
    amount,
    grantId: grant.id,
    ...(at === undefined ? {} : { at }),
  };
  const grants = books.grants.map((other) =>
    other.id === grant.id ? { ...other, available: other.available - amount } : other,
  );
  return post(books, [posting], grants);
}

/** What is available of each kind now, in the order it burns. */
export function availableByKind(grants: readonly Grant[], now: Date): Record<GrantKind, number> {
  const byKind: Record<GrantKind, number> = { plan: 0, promo: 0, adjustment: 0, purchase: 0 };
  for (const grant of grants.filter((one) => isLive(one, now)).toSorted(byBurnOrder)) {
    byKind[grant.kind] += grant.available;
  }
  return byKind;
}
