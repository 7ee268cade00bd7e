/** Where money of an account can be: each entry moves an amount from one of these books to another. */
export const moneyBooks = ['received', 'balance', 'invoiced', 'returned', 'refunded'] as const;
export type MoneyBook = (typeof moneyBooks)[number];

/** What moves money. A constraint of the table `money_entry` has the same list. */
export const moneyEntryKinds = ['payment', 'apply', 'release', 'return', 'refund', 'credit'] as const;
export type MoneyEntryKind = (typeof moneyEntryKinds)[number];

/** From where and to where each kind of entry moves money. */
export const moneyMoves: Readonly<Record<MoneyEntryKind, { from: MoneyBook; to: MoneyBook }>> = {
  /** Money arrived. */
  payment: { from: 'received', to: 'balance' },
  /** An invoice was paid from the balance, wholly or in part. */
  apply: { from: 'balance', to: 'invoiced' },
  /** An invoice gave back what was applied to it. */
  release: { from: 'invoiced', to: 'balance' },
  /** The bank took the money of a payment back. */
  return: { from: 'balance', to: 'returned' },
  /** Staff sent money of the balance back. */
  refund: { from: 'balance', to: 'refunded' },
  /** Staff sent money of a paid invoice back. */
  credit: { from: 'invoiced', to: 'refunded' },
};

/** An amount of money that moves, in minor units. */
export interface MoneyMove {
  kind: MoneyEntryKind;
  amount: number;
}

/** What the entries of one currency leave in the balance. It is below zero after money was taken back that was used. */
export function balanceOf(moves: readonly MoneyMove[]): number {
  let balance = 0;
  for (const { kind, amount } of moves) {
    const { from, to } = moneyMoves[kind];
    if (to === 'balance') balance += amount;
    if (from === 'balance') balance -= amount;
  }
  return balance;
}

/**
 * How much of what is due on an invoice is paid now: with money that just arrived for it, which is in the balance
 * already, and with what the balance had before. A balance below zero takes nothing from money that names an invoice.
 */
export function payableNow(due: number, { arrived, balance }: { arrived: number; balance: number }): number {
  return Math.min(due, Math.max(arrived, balance, 0));
}
