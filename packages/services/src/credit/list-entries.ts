import { listEntries as findEntries } from '@tenantry/db/credit/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { entryView } from './view.ts';

/** The journal, newest first. */
export async function listEntries(records: Records, input: PageInput) {
  const page = await findEntries(records, input);
  const items = page.items.map(entryView);
  return { ...page, items };
}
