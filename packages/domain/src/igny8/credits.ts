import { adjust } from '../credit/correct.ts';
import type { Books } from '../credit/ledger.ts';
import { isRefusal } from '../refusals.ts';
import type { OldTenant } from './source.ts';

/** One entry of the journal that repeats a change of the old product. */
export interface ImportedChange {
  amount: number;
  kind: 'adjustment' | 'purchase';
  /** By which the entry is found; unique in the account. */
  reference: string;
  reason: string;
}

const reasonCharactersMax = 500;

/**
 * The journal of an account in the new books: what it had before its first recorded change, each change, and what the
 * changes do not explain. No balance on the way is below zero, and the last is that of the source, or 0 for one below zero.
 */
export function importedChanges({
  account,
  transactions,
}: Pick<OldTenant, 'account' | 'transactions'>): ImportedChange[] {
  const target = Math.max(0, account.credits);
  let sum = 0;
  let lowest = 0;
  for (const { amount } of transactions) {
    sum += amount;
    lowest = Math.min(lowest, sum);
  }
  const opening = Math.max(0, -lowest, target - sum);
  const correction = target - sum - opening;
  const before = 'What the account had before the first change that igny8 recorded.';
  const after = 'What the changes that igny8 recorded do not explain.';
  return [
    { amount: opening, kind: 'adjustment' as const, reference: 'igny8:opening', reason: before },
    ...transactions.map(({ id, type, amount, description, createdAt }) => ({
      amount,
      kind: type === 'purchase' && amount > 0 ? ('purchase' as const) : ('adjustment' as const),
      reference: `igny8:${id}`,
      reason: `igny8 ${createdAt.toISOString()} ${type}: ${description}`
        .slice(0, reasonCharactersMax)
        .toWellFormed(),
    })),
    { amount: correction, kind: 'adjustment' as const, reference: 'igny8:correction', reason: after },
  ].filter(({ amount }) => amount !== 0);
}

/** Books imported changes in their order. `ids` names the grant of each. Credits that are given do not expire. */
export function bookImported(
  books: Books,
  changes: readonly (ImportedChange & { id: string })[],
  now: Date,
): Books {
  return changes.reduce((before, { id, amount, kind, reference, reason }) => {
    const grant = { id, kind, reference, expiresAt: null };
    const after = adjust(before, { grant, amount, facts: { reason, reference } }, now);
    if (isRefusal(after)) throw new Error(`the change ${reference} cannot be booked: ${after.refused}`);
    return after;
  }, books);
}
