import { forgetAnswers as forget } from '@tenantry/db/idempotency/queries';
import type { DirectoryContext } from '../context.ts';

/** Deletes stored answers whose day is over, of accounts and of people. */
export function forgetAnswers({ database, now }: Pick<DirectoryContext, 'database' | 'now'>): Promise<void> {
  return database.withoutAccount.write({}, (tx) => forget(tx, now));
}
