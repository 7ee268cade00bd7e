import { listEntries as findEntries } from '@tenantry/ledger/read/entries';
import type { PageInput } from '@tenantry/contract/page';
import type { Context } from '../context.ts';
import { entryView } from './view.ts';

/** The journal, newest first. */
export async function listEntries({ tx }: Context, input: PageInput) {
  const page = await findEntries(tx, input);
  const items = page.items.map(entryView);
  return { ...page, items };
}
