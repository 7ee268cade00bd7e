import type { GuaranteeGroup } from './guarantee.ts';

/** What the ORM's filter keeps apart. */
export const ormIsolation: GuaranteeGroup = {
  subject: 'Isolation in the ORM',
  guarantees: [
    { id: 'A1', statement: "A query on a tenant's table throws when no account is set." },
    { id: 'A2', statement: 'With the filter switched off, row security alone still shows own rows only.' },
    { id: 'A3', statement: 'Filter arguments that a caller passes with a query show no foreign row.' },
    { id: 'A4', statement: 'An account id that is not a UUID is refused before any SQL is sent.' },
    { id: 'A5', statement: 'An update through a reference to a foreign row fails and changes nothing.' },
    { id: 'A6', statement: 'A delete through a reference to a foreign row fails and removes nothing.' },
    { id: 'A7', statement: 'Client data that carries a foreign primary key causes no update.' },
    { id: 'A8', statement: 'A row cannot be inserted into another account.' },
    { id: 'A9', statement: 'An upsert with the key of a foreign row fails and leaves that row as it is.' },
    {
      id: 'A10',
      statement: 'Each transaction has an entity manager of its own and sees no entity of another.',
    },
    {
      id: 'A11',
      statement: 'In a batch, a call that fails changes nothing, whatever the other calls write.',
    },
    {
      id: 'A12',
      statement: 'In a batch, no call changes the account of another.',
      untested: 'each call opens a transaction of its own; no test names two accounts in one batch',
    },
    { id: 'A14', statement: 'Every way to count rows counts own rows only.' },
    { id: 'A15', statement: 'No relation leads from a row to rows of another account.' },
    { id: 'A16', statement: 'A condition that a caller passes cannot widen the condition on the account.' },
    {
      id: 'A17',
      statement: 'Background jobs run under a role that owns nothing, and report their faults.',
      tests: ['which owns nothing, and tell of their faults'],
    },
    {
      id: 'A20',
      statement: 'No answer and no list shows anything of another account.',
      tests: ['shows nothing of another account in any list or answer'],
    },
  ],
};
