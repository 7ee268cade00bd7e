import type { Transaction } from './transaction.ts';

/**
 * Changes columns of a row that this transaction has read, and writes them at once. Throws an optimistic lock error
 * when another transaction has changed the row in the meantime.
 */
export async function updateRow<Row extends object>(
  { em }: Transaction,
  row: Row,
  changes: Partial<Row>,
): Promise<void> {
  Object.assign(row, changes);
  await em.flush();
}

/** Reads a row again that a statement of this transaction has changed. */
export async function refreshRow({ em }: Transaction, row: object): Promise<void> {
  await em.refresh(row);
}
