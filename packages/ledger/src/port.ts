import type { Statement } from '@tenantry/db/sql';
import { rows } from '@tenantry/db/sql';
import type { Transaction } from '@tenantry/db/transaction';

/** The one way in which the ledger reaches the database: constant statements on the connection of one transaction. */
export interface LedgerPort {
  /**
   * Sends a statement behind those that were sent before it, and answers its rows. The caller may send the next without
   * waiting. `Row` is the caller's statement of the select list, which nothing checks.
   */
  send<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
}

/** The port of an open transaction, which takes one statement at a time. After one that fails it sends no more. */
export function inTransaction(tx: Transaction): LedgerPort {
  let last: Promise<unknown> = Promise.resolve();
  return {
    send<Row extends object>(statement: Statement, values: readonly unknown[]) {
      const sent = last.then(() => rows<Row>(tx, statement, values));
      last = sent;
      return sent;
    },
  };
}

/** Waits until every promise has ended, then throws what failed first, so that no failure is left unhandled. */
export async function settled(promises: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(promises);
  await Promise.all(promises);
}
