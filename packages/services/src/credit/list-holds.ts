import { listHolds as findHolds } from '@tenantry/db/credit/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { holdView } from './view.ts';

/** The holds of the account, newest first. */
export async function listHolds(records: Records, input: PageInput) {
  const page = await findHolds(records, input);
  return { ...page, items: page.items.map((hold) => holdView(hold, records.now)) };
}
