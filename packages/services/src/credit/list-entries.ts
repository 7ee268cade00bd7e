import { type EntryFilter, listEntries as findEntries } from '@tenantry/ledger/read/entries';
import type { PageInput } from '@tenantry/contract/page';
import type { Context } from '../context.ts';
import { entryView } from './view.ts';

/** The journal, newest first; the entries that fit every part of a filter. */
export async function listEntries({ tx }: Context, input: PageInput & EntryFilter) {
  const page = await findEntries(tx, input);
  const items = page.items.map(entryView);
  return { ...page, items };
}
