import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

const insert = `insert into owed_credit (account_id, id, at, kind, amount, invoice_id, actor, request_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Writes that credits of an invoice were spent and are not paid, or that credits which were owed have been collected. */
export async function insertOwedCredits(
  tx: AccountTransaction,
  { kind, amount, invoiceId }: { kind: 'owed' | 'collected'; amount: number; invoiceId: string },
): Promise<void> {
  const { accountId, now, actorName, requestId } = tx;
  await rows(tx, insert, [
    accountId,
    newId(),
    now.toISOString(),
    kind,
    amount,
    invoiceId,
    actorName,
    requestId,
  ]);
}

const sum = `select coalesce(sum(case kind when 'owed' then amount else -amount end), 0)::float8 as owed
  from owed_credit where account_id = $1`;

/** How many credits the account has spent that nobody paid. */
export async function owedCredits(tx: AccountTransaction): Promise<number> {
  const [row] = await rows<{ owed: number }>(tx, sum, [tx.accountId]);
  return row?.owed ?? 0;
}

/** A grant, with how much of it was spent or is held for work that runs. */
export interface UsedGrant {
  id: string;
  used: number;
}

const grants = `select given.id, (given.amount - given.available - coalesce((select sum(entry.amount) from ledger_entry entry
    where entry.account_id = $1 and entry.grant_id = given.id and entry.kind in ('grant_end', 'grant_expiry')), 0))::float8 as used
  from credit_grant given where given.account_id = $1
    and (given.reference = any ($2::text[]) or split_part(given.reference, ':', 1) || ':' || split_part(given.reference, ':', 2) = any ($2::text[]))
  order by given.id`;

/** The grants that were given under references, or under these with a number or an id behind a colon. */
export function grantsOfReferences(
  tx: AccountTransaction,
  references: readonly string[],
): Promise<UsedGrant[]> {
  return rows<UsedGrant>(tx, grants, [tx.accountId, references]);
}
