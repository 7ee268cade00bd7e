import type { GuaranteeGroup } from './guarantee.ts';

/** How calls are counted, and what is cached. */
export const throttle: GuaranteeGroup = {
  subject: 'Throttle and caches',
  guarantees: [
    { id: 'E1', statement: 'No two pairs of account and scope share a bucket.' },
    { id: 'E2', statement: 'A bucket without an id throws.' },
    { id: 'E3', statement: 'A call costs a positive whole number of points.' },
    { id: 'E4', statement: 'A used-up bucket leaves the buckets of other accounts and scopes as they are.' },
    { id: 'E5', statement: 'All credentials of an account share its bucket.' },
    {
      id: 'E6',
      statement:
        'Anonymous calls and failed credentials are counted by the address of the socket, unless a trusted proxy names another.',
    },
    { id: 'E7', statement: "Every tenant's credential is throttled." },
    {
      id: 'E8',
      statement: 'A change of plan changes the rates of its account within five seconds.',
      untested: 'no test changes a plan and counts calls after it',
    },
    {
      id: 'E9',
      statement:
        'When Redis fails, each process counts by itself, waits a bounded time and refuses nothing by mistake.',
    },
    {
      id: 'E10',
      statement:
        'A suspension or revocation is known in every process within five seconds, also when notifications fail.',
      tests: [
        'reaches two processes long before their caches end',
        'is read from the database while a process has lost its listener',
        'is known within five seconds also where the listener has fallen silent',
      ],
    },
    {
      id: 'E12',
      statement: 'A lockout is kept in PostgreSQL and survives a restart of Redis.',
    },
    {
      id: 'E13',
      statement:
        'Refreshes are throttled by session, so that people who share an address do not use up each other’s.',
    },
    {
      id: 'E14',
      statement: 'Whoever may hold credits may settle: no throttle leaves work unbilled that was held.',
    },
  ],
};
