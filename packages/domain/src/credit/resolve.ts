import { type Refusal, refuse } from '../refusals.ts';
import { type Backing, type Grant, type Movement, byBurnOrder, isLive } from './books.ts';

/** What becomes of each grant's part of a hold when the hold is resolved. */
export interface Resolution {
  grants: { grantId: string; spent: number; returned: number; expired: number }[];
  /** What moves, each with the grants it moves in. */
  movements: (Movement & { parts: Backing[] })[];
}

/**
 * Splits a hold into what is spent and what goes back. The remainder of a grant that has expired
 * meanwhile expires; the held part of it still pays. Refuses `settle_above_hold` when `spent` is too much. Throws when
 * a grant that backs the hold is not among `grants`: its credits would vanish.
 */
export function resolve(
  { id, backings }: { id: string; backings: readonly Backing[] },
  grants: readonly Grant[],
  spent: number,
  now: Date,
): Resolution | Refusal<'settle_above_hold'> {
  const held = backings.reduce((sum, backing) => sum + backing.amount, 0);
  if (spent > held) return refuse('settle_above_hold');
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const parts = backings.map(({ grantId, amount }) => {
    const grant = byId.get(grantId);
    if (grant === undefined) throw new Error(`hold ${id} is backed by grant ${grantId}, which is missing`);
    return { grant, amount };
  });
  let unpaid = spent;
  const resolved = parts
    .toSorted((left, right) => byBurnOrder(left.grant, right.grant))
    .map(({ grant, amount }) => {
      const paid = Math.min(unpaid, amount);
      unpaid -= paid;
      const rest = amount - paid;
      const live = isLive(grant, now);
      return { grantId: grant.id, spent: paid, returned: live ? rest : 0, expired: live ? 0 : rest };
    });
  const moved = (pick: 'spent' | 'returned' | 'expired', to: Movement['to']) => {
    const parts = resolved
      .map((part) => ({ grantId: part.grantId, amount: part[pick] }))
      .filter(({ amount }) => amount > 0);
    return { from: 'held' as const, to, amount: parts.reduce((sum, { amount }) => sum + amount, 0), parts };
  };
  const movements = [moved('spent', 'spent'), moved('returned', 'available'), moved('expired', 'expired')];
  return { grants: resolved, movements: movements.filter(({ amount }) => amount > 0) };
}
