import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { type CatalogueChange, catalogueChanges } from '@tenantry/domain/catalogue/changes';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isLockTimeout } from '../constraints.ts';
import { type Failpoint, noFailpoint } from '../failpoint.ts';
import { openOrm } from '../orm.ts';
import { rows } from '../sql.ts';
import { insertSecurityEvent } from '../staff/queries.ts';
import { type CallInfo, type Database, type Transaction, openDatabase } from '../transaction.ts';
import { type Move, countAccountsOfPlans, moveAccounts, unmovableVersions } from './move.ts';
import { readCatalogue } from './read.ts';
import { writeChanges } from './write.ts';

export type { Move } from './move.ts';

/** A change with the number of accounts that have a version of the plan. */
export type PlannedChange = CatalogueChange & { accounts: number };

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
export function planCatalogue(database: Database, wanted: Catalogue, now: Date): Promise<PlannedChange[]> {
  return database.withoutAccount.read({}, (tx) => plannedChanges(tx, wanted, now));
}

// One catalogue is applied at a time. Nothing else waits for it.
const lockCatalogue = "select pg_advisory_xact_lock(hashtext('tenantry_catalogue'))";

/** How a catalogue is applied. */
export interface ApplyOptions {
  /** When subscriptions go to the new versions of their plans; without it they stay. */
  move?: Move | undefined;
  failpoint?: Failpoint | undefined;
}

/**
 * Makes a catalogue true, in one transaction with its audit row: all of it or nothing. One that is true already writes
 * nothing. A plan that changes becomes a new version, and subscriptions stay on theirs unless they are moved; they are
 * not moved to another currency or cycle. One that waits too long for another apply, or for an account that it moves, changes
 * nothing. Only the owner of the schema may.
 */
export async function applyCatalogue(
  database: Database,
  wanted: Catalogue,
  call: CallInfo,
  { move, failpoint = noFailpoint }: ApplyOptions = {},
): Promise<Applied> {
  try {
    const changes = await database.withoutAccount.write({}, async (tx) => {
      await rows(tx, lockCatalogue);
      await failpoint('catalogue_locked');
      const planned = await plannedChanges(tx, wanted, call.now);
      if (planned.length === 0) return planned;
      await writeChanges(tx, wanted, planned, () => failpoint('catalogue_part'));
      if (move !== undefined) await moveChanged(tx, planned, call, move);
      await failpoint('catalogue_moved');
      await insertSecurityEvent(tx, call, 'catalogue.apply', auditFacts(wanted, planned, move));
      await failpoint('catalogue_recorded');
      return planned;
    });
    await failpoint('catalogue_committed');
    return { changes };
  } catch (fault) {
    if (fault instanceof NotMoved) return { faults: fault.faults };
    if (isLockTimeout(fault)) return { faults: [isHeldUp] };
    throw fault;
  }
}

const isHeldUp =
  'Another apply runs, or a long change of an account that this would move. Run the same command again when it is done.';

/** Fills a database that has no plan yet. A catalogue of an operator's own stays as it is. */
export function applyToEmpty(ownerUrl: string, wanted: Catalogue, call: CallInfo): Promise<void> {
  return withCatalogue(ownerUrl, async (database) => {
    const { plans } = await database.withoutAccount.read({}, readCatalogue);
    if (Object.keys(plans).length === 0) await applyCatalogue(database, wanted, call);
  });
}

async function plannedChanges(tx: Transaction, wanted: Catalogue, now: Date): Promise<PlannedChange[]> {
  const changes = catalogueChanges(await readCatalogue(tx), wanted);
  const slugs = changes.filter(({ part }) => part === 'plans').map(({ name }) => name);
  const accounts = await countAccountsOfPlans(tx, slugs, now);
  return changes.map((change) => ({
    ...change,
    accounts: change.part === 'plans' ? (accounts.get(change.name) ?? 0) : 0,
  }));
}

/** Carries the reasons out of the transaction, so that it is rolled back. */
class NotMoved extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super('Subscriptions cannot be moved.');
    this.faults = faults;
  }
}

async function moveChanged(
  tx: Transaction,
  changes: readonly PlannedChange[],
  { now }: CallInfo,
  move: Move,
): Promise<void> {
  const faults: string[] = [];
  for (const { part, name, change } of changes) {
    if (part !== 'plans' || change !== 'version') continue;
    const versions = await unmovableVersions(tx, name, now);
    if (versions.length === 0) await moveAccounts(tx, name, move);
    else
      faults.push(
        `The plan ${name} has another currency or cycle than version ${versions.join(', ')}, which accounts have paid for. Apply without --move, or give the new plan a name of its own.`,
      );
  }
  if (faults.length > 0) throw new NotMoved(faults);
}

function auditFacts(
  wanted: Catalogue,
  changes: readonly PlannedChange[],
  move: Move | undefined,
): Record<string, string> {
  const digest = createHash('sha256')
    .update(canonicalize(wanted) ?? '')
    .digest('hex');
  const list = changes.map(({ part, name, change }) => `${change} ${part} ${name}`).join('; ');
  return { digest, move: move ?? 'none', changes: list.slice(0, 10_000), count: String(changes.length) };
}
