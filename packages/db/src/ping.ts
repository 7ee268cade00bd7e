import { rows } from './sql.ts';
import type { Database } from './transaction.ts';

/** Resolves when the database answers; rejects when it does not. */
export async function ping(database: Database): Promise<void> {
  await database.withoutAccount.read({}, (tx) => rows(tx, 'select 1'));
}
