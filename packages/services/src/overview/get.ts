import {
  accountsInGrace,
  failingEndpoints,
  lowCreditAccounts,
  refusedChanges,
  waitingTransfers,
} from '@tenantry/db/overview/queries';
import { addDays } from '@tenantry/domain/time';
import type { DirectoryContext } from '../context.ts';

/** For how many days refused changes are shown. */
const refusalDays = 7;

/** What waits for staff now: transfers, accounts in grace or low on credits, failing webhooks, refused changes. */
export function getOverview({ database, now }: DirectoryContext) {
  return database.withoutAccount.read({}, async (tx) => {
    const transfers = await waitingTransfers(tx);
    const webhooks = listed(await failingEndpoints(tx));
    return {
      transfers: {
        count: transfers.reduce((sum, { count }) => sum + count, 0),
        oldestAt: transfers.map(({ oldestAt }) => oldestAt).toSorted()[0] ?? null,
        sums: transfers.map(({ currency, amount, count }) => ({ currency, amount, count })),
      },
      grace: listed(await accountsInGrace(tx, now)),
      webhooks: {
        count: webhooks.count,
        items: webhooks.items.map(({ url, ...endpoint }) => ({ ...endpoint, host: new URL(url).host })),
      },
      lowCredit: listed(await lowCreditAccounts(tx)),
      refusals: listed(await refusedChanges(tx, addDays(now, -refusalDays))),
    };
  });
}

/** Rows that each say how many there are, as a count with the rows. */
function listed<Row extends { total: number }>(rows: readonly Row[]) {
  const items = rows.map(({ total: _total, ...row }) => row);
  return { count: rows[0]?.total ?? 0, items };
}
