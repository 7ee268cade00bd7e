import { listHolds as findHolds } from '@tenantry/ledger/read/holds';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { holdView } from './view.ts';

/** The holds of the account, newest first. */
export async function listHolds(tx: AccountTransaction, input: PageInput) {
  const page = await findHolds(tx, input);
  return { ...page, items: page.items.map((hold) => holdView(hold, tx.now)) };
}
