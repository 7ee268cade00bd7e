import { type ImportNote, type OldTable, type OldTenant, oldTables } from '@tenantry/domain/igny8/source';

/** Rows of a table of the source, by what became of them. */
export interface TableCount {
  source: number;
  brought: number;
  /** Of accounts that an earlier run brought. */
  before: number;
  leftOut: number;
}

/** What an import did, or would do. */
export interface ImportReport {
  applied: boolean;
  tables: Record<OldTable, TableCount>;
  credits: TableCount;
  /** Each row that is not brought, or not as it was. */
  notes: ImportNote[];
  /** What an operator must look at, as sentences; the import is not whole while there is one. */
  faults: string[];
}

const nothing = (): TableCount => ({ source: 0, brought: 0, before: 0, leftOut: 0 });

/** A report of nothing. */
export function emptyReport(applied: boolean): ImportReport {
  const tables = {
    accounts: nothing(),
    users: nothing(),
    subscriptions: nothing(),
    sites: nothing(),
    sectors: nothing(),
    keys: nothing(),
    transactions: nothing(),
  };
  return { applied, tables, credits: nothing(), notes: [], faults: [] };
}

/** How many rows the source has of an account, by table. */
export function sizesOf({
  users,
  subscriptions,
  sites,
  sectors,
  transactions,
}: OldTenant): Record<OldTable, number> {
  return {
    accounts: 1,
    users: users.length,
    subscriptions: subscriptions.length,
    sites: sites.length,
    sectors: sectors.length,
    keys: sites.filter(({ hasKey }) => hasKey).length,
    transactions: transactions.length,
  };
}

/** How many rows of each table the notes say are left out. */
export function leftOutOf(notes: readonly ImportNote[]): Record<OldTable, number> {
  const count = (table: OldTable) =>
    notes.filter((note) => note.outcome === 'left out' && note.table === table).length;
  return {
    accounts: count('accounts'),
    users: count('users'),
    subscriptions: count('subscriptions'),
    sites: count('sites'),
    sectors: count('sectors'),
    keys: count('keys'),
    transactions: count('transactions'),
  };
}

/** Adds the rows of one account to a report. */
export function countRows(
  report: ImportReport,
  sizes: Readonly<Record<OldTable, number>>,
  how: 'before' | 'leftOut' | { leftOut: Readonly<Record<OldTable, number>> },
): void {
  for (const table of oldTables) {
    const count = report.tables[table];
    count.source += sizes[table];
    if (typeof how === 'string') {
      count[how] += sizes[table];
      continue;
    }
    count.leftOut += how.leftOut[table];
    count.brought += sizes[table] - how.leftOut[table];
  }
}
