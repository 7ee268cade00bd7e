import type { LowBalanceAlert } from '@tenantry/domain/credit/alerts';
import { CreditLimit } from '@tenantry/db/credit/entity';
import { type Page, type PageInput, afterId, pageOf } from '@tenantry/db/page';
import { rows, statement } from '@tenantry/db/sql';
import { ofVisibleSites } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

export type { CreditLimit } from '@tenantry/db/credit/entity';

/** The account's limits, newest site or key first. An actor who is limited to sites sees theirs alone. */
export async function listLimits(
  tx: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditLimit>> {
  const found = await tx.em.find(
    CreditLimit,
    { ...afterId(cursor), ...ofVisibleSites(tx), creditsPerDayMax: { $ne: null } },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  return pageOf(found, limit, (row) => row.id);
}

/** What sites or groups of keys may spend and have spent, by the id of the site or the group. */
export async function findLimits(
  { em }: AccountTransaction,
  ids: readonly string[],
): Promise<Map<string, CreditLimit>> {
  const found = ids.length === 0 ? [] : await em.find(CreditLimit, { id: { $in: [...ids] } });
  return new Map(found.map((row) => [row.id, row]));
}

const alertsSql = statement(
  'read_alerts',
  'select low_balance_alerts as alerts from credit_balance where account_id = $1',
);

/** Below which balances the account is told. */
export async function findThresholds(tx: AccountTransaction): Promise<number[]> {
  const [row] = await rows<{ alerts: LowBalanceAlert[] }>(tx, alertsSql, [tx.accountId]);
  if (row === undefined) throw new Error(`account ${tx.accountId}: there is no balance`);
  return row.alerts.map(({ threshold }) => threshold);
}
