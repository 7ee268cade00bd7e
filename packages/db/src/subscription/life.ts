import type { CreditedPart } from '@tenantry/domain/billing/buy';
import type { LifeStep } from '@tenantry/domain/billing/life';
import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction, Transaction } from '../transaction.ts';
import { SubscriptionEvent, UpgradeCredit } from './entity.ts';

/** Which of these steps the account has had. */
export async function stepsDone(
  { em }: AccountTransaction,
  steps: readonly LifeStep[],
): Promise<ReadonlySet<string>> {
  const keys = steps.map(({ key }) => key);
  const done = await em.find(SubscriptionEvent, { key: { $in: keys } }, { fields: ['key'] });
  return new Set(done.map(({ key }) => key));
}

/** Writes down that a step was done. A constraint refuses it a second time. */
export async function insertStep(
  { em, accountId, now }: AccountTransaction,
  { key, kind }: LifeStep,
  facts: Record<string, string>,
): Promise<void> {
  await em.insert(SubscriptionEvent, { accountId, id: newId(), at: now, key, kind, facts });
}

const setDue = `insert into subscription_due (account_id, due_at) values ($1, coalesce($2::timestamptz, 'infinity'))
  on conflict (account_id) do update set due_at = excluded.due_at`;

/** Writes when the next step of the account's subscription is due by its own clock; null for never. */
export async function setDueAt(tx: AccountTransaction, dueAt: Date | null): Promise<void> {
  await rows(tx, setDue, [tx.accountId, dueAt?.toISOString() ?? null]);
}

// The clock of every account is at least at real time, so what is due in real time is due.
const dueAccounts = `(select account_id from subscription_due where due_at <= $1 and account_id > $2 order by account_id limit 100)
  union (select account_id from subscription_due join account on account.id = account_id
    where account.ahead_milliseconds > 0 and account_id > $2
      and due_at <= $1::timestamptz + make_interval(secs => account.ahead_milliseconds / 1000.0)
    order by account_id limit 100)
  order by account_id limit 100`;

/** Accounts after one whose subscription has a step due, by id; at most 100. Only the worker's role sees any. */
export async function accountsDue(tx: Transaction, realTime: Date, after: string): Promise<string[]> {
  const found = await rows<{ account_id: string }>(tx, dueAccounts, [realTime.toISOString(), after]);
  return found.map((row) => row.account_id);
}

/** Writes down what the invoice of an upgrade takes off its price. */
export async function insertUpgradeCredit(
  { em, accountId }: AccountTransaction,
  invoiceId: string,
  { periodId, credits, months, amount }: CreditedPart,
): Promise<void> {
  await em.insert(UpgradeCredit, { accountId, invoiceId, periodId, credits, months, amount });
}

const credited = `select coalesce(sum(credits), 0)::float8 as credits from upgrade_credit taken
  join invoice on invoice.account_id = taken.account_id and invoice.id = taken.invoice_id
  where taken.account_id = $1 and taken.period_id = any ($2::uuid[]) and invoice.status = 'paid'`;

/** How many credits of periods paid a part of an upgrade. */
export async function creditsPaidWith(tx: AccountTransaction, periodIds: readonly string[]): Promise<number> {
  const [sum] = await rows<{ credits: number }>(tx, credited, [tx.accountId, periodIds]);
  return sum?.credits ?? 0;
}

/** What the invoice of an upgrade took off its price; undefined for any other invoice. */
export async function findUpgradeCredit(
  { em }: AccountTransaction,
  invoiceId: string,
): Promise<CreditedPart | undefined> {
  const row = await em.findOne(UpgradeCredit, { invoiceId });
  if (row === null) return undefined;
  const { periodId, credits, months, amount } = row;
  return { periodId, credits, months, amount };
}
