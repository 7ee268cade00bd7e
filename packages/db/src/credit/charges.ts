import { type Book, type EntryFacts, type Grant, isEstimated } from '@tenantry/domain/credit/books';
import { type Charge, isCharge } from '@tenantry/domain/credit/correct';
import type { SignedPosting } from './change.ts';
import type { LedgerEntry } from './entity.ts';
import { type GrantJson, grantOf } from './rows.ts';
import { type Statement, grantJson } from './statements.ts';

/** A charge as it is read for whoever corrects it, with the grants that it came from. */
export interface ChargeRow {
  id: string;
  kind: string;
  to: Book;
  amount: number;
  holdId: string;
  operation: string | null;
  siteId: string | null;
  facts: EntryFacts;
  returns: { kind: string; amount: number }[];
  grants: GrantJson[];
}

/** The estimated charges of holds, in order, by the index of migration 10 that holds no other entry. */
export const loadCharges: Statement = {
  name: 'load_charges',
  text: `select entry.id, entry.kind, entry.to_book as "to", entry.amount::float8 as amount, entry.hold_id as "holdId",
  entry.operation, entry.site_id as "siteId", entry.facts,
  (select coalesce(json_agg(json_build_object('kind', back.kind, 'amount', back.amount)), '[]') from ledger_entry back
    where back.account_id = entry.account_id and back.reverses_id = entry.id) as returns,
  (select coalesce(json_agg(${grantJson}), '[]') from credit_grant where account_id = entry.account_id
    and id in (select (part->>'grantId')::uuid from jsonb_array_elements(entry.facts->'grants') part)) as grants
  from ledger_entry entry where entry.account_id = $1 and entry.hold_id = any ($2::uuid[]) and entry.kind = 'settle'
    and coalesce(entry.facts->>'source', entry.facts->'usage'->>'source') = 'estimated' order by entry.sequence`,
};

/** The grants that charges came from. */
export function grantsOf(charges: readonly ChargeRow[]): Grant[] {
  return charges.flatMap(({ grants }) => grants.map(grantOf));
}

/** The estimated charges of a hold: those that were read, and those that are about to be written. */
export function chargesOf(
  holdId: string,
  read: readonly ChargeRow[],
  postings: readonly SignedPosting[],
): Charge[] {
  const charges: Charge[] = [
    ...read,
    ...postings.map(({ facts = {}, ...posting }) => ({ ...posting, facts, returns: [] })),
  ];
  return charges.filter((one) => one.holdId === holdId && isCharge(one) && isEstimated(one.facts));
}

/** An entry of the journal as a charge, with the entries that gave it back. */
export function chargeOf(entry: LedgerEntry, returns: readonly LedgerEntry[]): Charge {
  const { id, kind, toBook: to, amount, holdId, operation, siteId, facts } = entry;
  const place = { operation: operation ?? null, siteId: siteId ?? null };
  return { id, kind, to, amount, facts, returns, ...place, ...(holdId == null ? {} : { holdId }) };
}
