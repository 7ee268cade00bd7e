import { rows, statement } from '../sql.ts';
import type { Database } from '../transaction.ts';

const touch = statement(
  'touch_service_key',
  'update service_key set last_used_at = $1 where key_id = $2 and (last_used_at is null or last_used_at < $1)',
);

/** Writes down when a service key was last used; an earlier time than the one known changes nothing. */
export async function recordServiceKeyUse(database: Database, keyId: string, at: Date): Promise<void> {
  await database.withoutAccount.write({ presented: keyId }, (tx) =>
    rows(tx, touch, [at.toISOString(), keyId]),
  );
}
