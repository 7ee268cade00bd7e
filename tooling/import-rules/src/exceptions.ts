import type { Restriction } from './rules.ts';

/** A file that a restriction of its package does not bind. */
export interface Exception {
  readonly may: readonly Restriction[];
  readonly because: string;
}

const oneClock = 'the process makes its one clock here and hands it on';

/** Every exception with its reason, by path from the clone. The check reports one that its file no longer needs. */
export const exceptions: Readonly<Record<string, Exception>> = {
  'apps/api/src/main.ts': { may: ['clock'], because: oneClock },
  'apps/admin/src/main.ts': { may: ['clock'], because: oneClock },
  'apps/worker/src/main.ts': { may: ['clock'], because: oneClock },
  'apps/cli/src/main.ts': { may: ['clock'], because: oneClock },
  'packages/db/src/sql.ts': { may: ['raw_sql'], because: 'rows() is the one function that sends SQL' },
  'packages/db/src/listen.ts': {
    may: ['raw_sql'],
    because: 'LISTEN needs a connection of its own, which belongs to no transaction',
  },
  'packages/db/src/migrate.ts': {
    may: ['raw_sql', 'built_sql'],
    because: 'statements that make roles take no parameters; names and passwords are escaped',
  },
  'packages/db/src/jobs.ts': {
    may: ['raw_sql', 'built_sql'],
    because: 'grants take no parameters; they name a schema and roles, which are constants of ours',
  },
  'packages/db/src/igny8/connection.ts': {
    may: ['raw_sql'],
    because: 'it talks to a database of another product, which has none of our roles and policies',
  },
  'packages/db/src/doctor.ts': {
    may: ['raw_sql'],
    because: 'it reads the catalogue as the role that it examines, over a connection of its own',
  },
  'packages/ledger/src/group-commit/connection.ts': {
    may: ['raw_sql'],
    because: 'it sends the statements of a batch without waiting between them, which the ORM cannot do',
  },
  'packages/ledger/src/verifier.ts': {
    may: ['raw_sql'],
    because: 'it reads each account in one snapshot, over a connection of its own',
  },
  'packages/files/src/inspect-pdf.ts': {
    may: ['slow_pattern'],
    because: 'its patterns read at most 2 kB, or backtrack over the white space behind a name alone',
  },
  'packages/rest/src/procedures.ts': {
    may: ['slow_pattern'],
    because: 'it reads the paths of our own routes, once, at the start',
  },
};
