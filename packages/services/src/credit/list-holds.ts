import { listHolds as findHolds } from '@tenantry/ledger/read/holds';
import type { PageInput } from '@tenantry/contract/page';
import type { Context } from '../context.ts';
import { holdView } from './view.ts';

/** The holds of the account, newest first, or the open ones alone. */
export async function listHolds({ tx }: Context, input: PageInput & { open?: boolean }) {
  const page = await findHolds(tx, input);
  return { ...page, items: page.items.map((hold) => holdView(hold, tx.now)) };
}
