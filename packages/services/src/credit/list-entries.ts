import { listEntries as findEntries } from '@tenantry/ledger/read/entries';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { entryView } from './view.ts';

/** The journal, newest first. */
export async function listEntries(tx: AccountTransaction, input: PageInput) {
  const page = await findEntries(tx, input);
  const items = page.items.map(entryView);
  return { ...page, items };
}
