import { type Grant, type GrantKind, byBurnOrder, isLive } from './books.ts';
import { type Books, type Posting, post } from './ledger.ts';

/** A grant before it is booked. */
export interface NewGrant {
  id: string;
  amount: number;
  expiresAt: Date | null;
  /** The reason for the grant. It is unique by account and kind, so that nothing is granted twice. */
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
 * Replaces the plan grants: the live ones end and the next begins. Up to `rolloverMax` available credits stay in their
 * grants, the newest first, and get the expiry of the next. Held credits of an ended grant still pay for their holds.
 * `at` is given when time alone causes this.
 */
export function setPlanGrant(
  books: Books,
  { rolloverMax = 0, ...next }: NewGrant & { rolloverMax?: number },
  now: Date,
  at?: Date,
): Books {
  let rolloverLeft = rolloverMax;
  const running = books.grants
    .filter(({ kind, expiresAt }) => kind === 'plan' && (expiresAt === null || expiresAt >= now))
    .toSorted((left, right) => (left.id < right.id ? 1 : -1));
  const shares = running.map((grant) => {
    const share = Math.min(rolloverLeft, grant.available);
    rolloverLeft -= share;
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

/** Lets every plan grant end at `end` at the latest. */
export function limitPlanGrants(books: Books, end: Date): Books {
  const grants = books.grants.map((grant) =>
    grant.kind === 'plan' && (grant.expiresAt === null || grant.expiresAt > end)
      ? { ...grant, expiresAt: end }
      : grant,
  );
  return { ...books, grants };
}

/** Expires the available credits of grants that have expired. */
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

/** The available credits of each kind now, in burn order. */
export function availableByKind(grants: readonly Grant[], now: Date): Record<GrantKind, number> {
  const byKind: Record<GrantKind, number> = { plan: 0, promo: 0, adjustment: 0, purchase: 0 };
  for (const grant of grants.filter((one) => isLive(one, now)).toSorted(byBurnOrder)) {
    byKind[grant.kind] += grant.available;
  }
  return byKind;
}
