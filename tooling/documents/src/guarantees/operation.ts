import type { GuaranteeGroup } from './guarantee.ts';

/** Faults, load, logs and start-up. */
export const operation: GuaranteeGroup = {
  subject: 'Operation',
  guarantees: [
    {
      id: 'M1',
      statement: 'A request that is never finished is cut off within thirty seconds and delays no other.',
    },
    {
      id: 'M2',
      statement: 'No regular expression that input reaches takes more than linear time.',
      tests: ['the import rules have a breach above for each package and for each restriction'],
    },
    {
      id: 'M4',
      statement: 'A crash of PostgreSQL loses no acknowledged write and doubles none.',
      tests: ['a database under sixteen writers loses and doubles nothing over … crashes'],
    },
    {
      id: 'M5',
      statement: 'Ended database connections lose no acknowledged write and double none.',
      tests: ['a database under sixteen writers loses and doubles nothing over … ended connections'],
    },
    {
      id: 'M6',
      statement:
        'A process that is killed at any point leaves books that are right and loses nothing it acknowledged.',
    },
    {
      id: 'M7',
      statement: 'A process that is told to end finishes the calls it has begun and takes no new ones.',
    },
    {
      id: 'M8',
      statement:
        'Without its database, or beside one that does not answer, every call is 503 with Retry-After within a bound; the process stays alive and says that it is not ready.',
    },
    {
      id: 'M10',
      statement: 'A fault is logged once and tells the client its request id alone.',
      tests: ['a fault is told to onFault once and to the client not at all'],
    },
    {
      id: 'M11',
      statement: 'The migrations go up, down and up again to the same schema and do nothing a second time.',
      tests: ['the migrations go up, down and up again to the same schema'],
    },
    { id: 'M12', statement: 'No secret appears in a log, a table or an answer after it was shown once.' },
    {
      id: 'M13',
      statement: 'A line break or a control character in input stays inside one line of the log.',
      untested: 'the log is JSON, which escapes both; no test reads such a line',
    },
    {
      id: 'M14',
      statement: 'An edited, deleted, inserted or moved entry of the journal is detected and named.',
      tests: ['verify-ledger names the first bad entry: %s'],
    },
    {
      id: 'M15',
      statement: 'Digests are compared in constant time.',
      tests: ['digests compare equal only when they are'],
    },
    {
      id: 'M16',
      statement:
        'An app refuses to start on a faulty configuration or on a database that is not safe, and names each fault.',
      tests: ['the configuration names every fault at once, and no value', 'the doctor says when %s'],
    },
    {
      id: 'M17',
      statement: 'Settings that weaken protection are refused in production.',
      tests: ['the configuration refuses %s in production and takes it in a demo'],
    },
    {
      id: 'M21',
      statement: 'A new production database sells nothing until its operator applies a catalogue.',
    },
    {
      id: 'M22',
      statement: 'Who does what the README says, and nothing else, has a product behind Tenantry.',
    },
  ],
};
