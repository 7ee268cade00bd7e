import { collectedReason } from '@tenantry/domain/credit/withdraw';
import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

/** Credits that were taken back with their grant or, without one, as a part of an upgrade's price; or collected for such. */
export type OwedCredits = { invoiceId: string; amount: number } & (
  | { kind: 'owed'; grantId: string | null }
  | { kind: 'collected' }
);

const insert = `insert into owed_credit (account_id, id, at, kind, amount, invoice_id, grant_id, actor, request_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (account_id, grant_id) where grant_id is not null do nothing`;

/**
 * Writes that what was spent of a grant is not paid, or that credits which were owed have been collected. A grant is
 * written once: what it owes follows from the ledger, and `amount` is what that was when it was taken back.
 */
export async function insertOwedCredits(tx: AccountTransaction, owed: OwedCredits): Promise<void> {
  const { accountId, now, actorName, requestId } = tx;
  const { kind, amount, invoiceId } = owed;
  const grantId = owed.kind === 'owed' ? owed.grantId : null;
  const made = [now.toISOString(), kind, amount, invoiceId, grantId, actorName, requestId];
  await rows(tx, insert, [accountId, newId(), ...made]);
}

/**
 * What of a grant was spent: neither left, nor held, nor ended, nor taken away by staff. What was collected from it for
 * what an account owes counts as spent. Parts of it stand in the facts of entries that concern several grants.
 */
const spentOf = `given.amount - given.available - given.held
  - coalesce((select sum(entry.amount) from ledger_entry entry where entry.account_id = $1 and entry.grant_id = given.id
      and entry.to_book = 'expired'), 0)
  - coalesce((select sum((part ->> 'amount')::bigint) from ledger_entry entry, jsonb_array_elements(entry.facts -> 'grants') part
      where entry.account_id = $1 and entry.grant_id is null and (part ->> 'grantId')::uuid = given.id
      and (entry.to_book = 'expired' or (entry.to_book = 'granted' and entry.facts ->> 'reason' is distinct from $2))), 0)`;

const sum = `select (coalesce((select sum(case kind when 'owed' then amount else -amount end) from owed_credit
    where account_id = $1 and grant_id is null), 0)
  + coalesce((select sum(${spentOf}) from owed_credit owed
    join credit_grant given on given.account_id = $1 and given.id = owed.grant_id where owed.account_id = $1), 0))::float8 as owed`;

/**
 * How many credits the account has spent that nobody paid. What is held for work that runs counts when it is spent.
 */
export async function owedCredits(tx: AccountTransaction): Promise<number> {
  const [row] = await rows<{ owed: number }>(tx, sum, [tx.accountId, collectedReason]);
  return Math.max(0, row?.owed ?? 0);
}

/** A grant, with how much of it was spent. */
export interface SpentGrant {
  id: string;
  spent: number;
}

const grants = `select given.id, (${spentOf})::float8 as spent
  from credit_grant given where given.account_id = $1
    and (given.reference = any ($3::text[]) or split_part(given.reference, ':', 1) || ':' || split_part(given.reference, ':', 2) = any ($3::text[]))
  order by given.id`;

/** The grants that were given under references, or under these with a number or an id behind a colon. */
export function grantsOfReferences(
  tx: AccountTransaction,
  references: readonly string[],
): Promise<SpentGrant[]> {
  return rows<SpentGrant>(tx, grants, [tx.accountId, collectedReason, references]);
}
