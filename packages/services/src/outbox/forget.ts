import { forgetDeliveries } from '@tenantry/db/outbox/forget';
import { forgetOperatorTests } from '@tenantry/db/webhook/operator-test';
import { addDays } from '@tenantry/domain/time';
import type { DirectoryContext } from '../context.ts';

/** For how long an account sees what was delivered, and what became of it. */
const keptDays = 30;

/** Deletes deliveries, attempts, tests and e-mails that ended 30 days ago; the messages stay. */
export async function forgetOutbox({
  database,
  now,
}: Pick<DirectoryContext, 'database' | 'now'>): Promise<void> {
  const before = addDays(now, -keptDays);
  await database.withoutAccount.write({}, (tx) => forgetOperatorTests(tx, before));
  while (await database.withoutAccount.write({}, (tx) => forgetDeliveries(tx, before)));
}
