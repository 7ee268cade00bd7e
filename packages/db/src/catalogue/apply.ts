import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { isLockTimeout } from '../constraints.ts';
import { type Failpoint, noFailpoint } from '../failpoint.ts';
import { openOrm } from '../orm.ts';
import { rows } from '../sql.ts';
import { insertSecurityEvent } from '../staff/queries.ts';
import { type CallInfo, type Database, type Transaction, openDatabase } from '../transaction.ts';
import { factsOfApply } from './facts.ts';
import { type Move, moveAccounts } from './move.ts';
import { type PlannedChange, type UnmovablePlan, comparedCatalogue, fingerprintOf } from './plan.ts';
import { readCatalogue } from './read.ts';
import { writeChanges } from './write.ts';

export type { Move } from './move.ts';
export type { PlannedChange } from './plan.ts';

/** What was written, or why nothing was, as sentences. */
export type Applied = { changes: PlannedChange[] } | { faults: string[] };

/** Runs work on the catalogue of a database as the owner of its schema. */
export async function withCatalogue<T>(
  ownerUrl: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The catalogue that a database has. */
export function storedCatalogue(ownerUrl: string): Promise<Catalogue> {
  return withCatalogue(ownerUrl, (database) => database.withoutAccount.read({}, readCatalogue));
}

/** What a catalogue would change, and how many accounts that touches. Writes nothing. */
export async function planCatalogue(
  database: Database,
  wanted: Catalogue,
  now: Date,
): Promise<PlannedChange[]> {
  const { changes } = await database.withoutAccount.read({}, (tx) => comparedCatalogue(tx, wanted, now));
  return changes;
}

// One catalogue is applied at a time. Nothing else waits for it.
const lockCatalogue = "select pg_advisory_xact_lock(hashtext('tenantry_catalogue'))";

/** How a catalogue is applied. */
export interface ApplyOptions {
  /** When subscriptions go to the new versions of their plans; without it they stay. */
  move?: Move | undefined;
  /** The fingerprint of the catalogue that the change was made to; without it, whichever is stored. */
  expected?: string | undefined;
  failpoint?: Failpoint | undefined;
}

/** What an apply has written: what changed, what names the catalogue now, and what its security event tells. */
export interface WrittenCatalogue {
  changes: PlannedChange[];
  fingerprint: string;
  facts: Record<string, string>;
}

/**
 * Makes a catalogue true in a transaction: all of it or nothing. One that is true already writes nothing. A plan that
 * changes becomes a new version, and subscriptions stay on theirs unless they are moved. Refuses `conflict` when another
 * catalogue is stored than the one that is expected, and `invalid_input` for a move to another currency or cycle. The
 * caller writes the security event, with these facts, in the same transaction.
 */
export async function applyInTransaction(
  tx: Transaction,
  wanted: Catalogue,
  now: Date,
  { move, expected, failpoint = noFailpoint }: ApplyOptions,
): Promise<WrittenCatalogue | Refusal<'conflict' | 'invalid_input'>> {
  await rows(tx, lockCatalogue);
  await failpoint('catalogue_locked');
  const compared = await comparedCatalogue(tx, wanted, now);
  const { changes, fingerprint: before, unmovable } = compared;
  if (expected !== undefined && expected !== before) return refuse('conflict');
  if (move !== undefined && unmovable.length > 0)
    return refuse('invalid_input', { errors: unmovable.map((plan) => ({ path: 'move', ...faultOf(plan) })) });
  if (changes.length > 0) {
    await writeChanges(tx, wanted, { changes, now, written: () => failpoint('catalogue_part') });
    if (move !== undefined) await moveChanged(tx, changes, move);
  }
  await failpoint('catalogue_moved');
  // The rows that were read before are not what is stored now.
  const em = tx.em.fork({ clear: true, keepTransactionContext: true });
  const fingerprint = changes.length === 0 ? before : fingerprintOf(await readCatalogue({ em }));
  return { changes, fingerprint, facts: factsOfApply({ before, fingerprint, move, changes }) };
}

/**
 * Makes a catalogue true, in one transaction with its audit row. One that is true already writes nothing. One that waits too
 * long for another apply, or for an account that it moves, changes nothing.
 */
export async function applyCatalogue(
  database: Database,
  wanted: Catalogue,
  call: CallInfo,
  { failpoint = noFailpoint, ...options }: ApplyOptions = {},
): Promise<Applied> {
  try {
    const applied = await database.withoutAccount.write({}, async (tx) => {
      const written = await applyInTransaction(tx, wanted, call.now, { ...options, failpoint });
      if (isRefusal(written) || written.changes.length === 0) return written;
      await insertSecurityEvent(tx, call, 'catalogue.apply', written.facts);
      await failpoint('catalogue_recorded');
      return written;
    });
    if (isRefusal(applied)) return { faults: faultsOf(applied) };
    await failpoint('catalogue_committed');
    return { changes: applied.changes };
  } catch (fault) {
    if (isLockTimeout(fault)) return { faults: [isHeldUp] };
    throw fault;
  }
}

const isHeldUp =
  'Another apply runs, or a long change of an account that this would move. Run the same command again when it is done.';
const isOther = 'Another catalogue is stored than the one that this change was made to. Read it again.';

const faultsOf = ({ facts: { errors } }: Refusal): string[] =>
  errors?.map(({ message }) => message) ?? [isOther];

const faultOf = ({ plan, versions }: UnmovablePlan) => ({
  message: `The plan ${plan} has another currency or cycle than version ${versions.join(', ')}, which accounts have, or one of both costs nothing. Apply without a move, or give the new plan a name of its own.`,
});

/** Fills a database that has no plan yet. A catalogue of an operator's own stays as it is. */
export function applyToEmpty(ownerUrl: string, wanted: Catalogue, call: CallInfo): Promise<void> {
  return withCatalogue(ownerUrl, async (database) => {
    const { plans } = await database.withoutAccount.read({}, readCatalogue);
    if (Object.keys(plans).length === 0) await applyCatalogue(database, wanted, call);
  });
}

async function moveChanged(tx: Transaction, changes: readonly PlannedChange[], move: Move): Promise<void> {
  for (const { part, name, change } of changes)
    if (part === 'plans' && change === 'version') await moveAccounts(tx, name, move);
}
