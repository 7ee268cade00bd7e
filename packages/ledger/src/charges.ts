import { type Book, type EntryFacts, type Grant, isEstimated } from '@tenantry/domain/credit/books';
import { type Charge, isCharge } from '@tenantry/domain/credit/correct';
import type { SignedPosting } from './postings.ts';
import { type GrantJson, grantOf } from './rows.ts';

/** A charge as it is read for whoever corrects it, with the grants that it came from. */
export interface ChargeRow {
  id: string;
  kind: string;
  to: Book;
  amount: number;
  holdId: string | null;
  operation: string | null;
  siteId: string | null;
  facts: EntryFacts;
  returns: { kind: string; amount: number }[];
  grants: GrantJson[];
}

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
  const stored = read.map(chargeOf);
  const made = postings.map(({ facts = {}, ...posting }): Charge => ({ ...posting, facts, returns: [] }));
  return [...stored, ...made].filter(
    (one) => one.holdId === holdId && isCharge(one) && isEstimated(one.facts),
  );
}

/** A stored entry as the charge that it may be. */
export function entryOf(id: string, read: readonly ChargeRow[]): Charge | undefined {
  const row = read.find((one) => one.id === id);
  return row === undefined ? undefined : chargeOf(row);
}

function chargeOf({ holdId, grants: _grants, ...charge }: ChargeRow): Charge {
  return holdId === null ? charge : { ...charge, holdId };
}
