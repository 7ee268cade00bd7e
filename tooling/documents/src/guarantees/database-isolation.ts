import type { GuaranteeGroup } from './guarantee.ts';

/** What PostgreSQL keeps apart. */
export const databaseIsolation: GuaranteeGroup = {
  subject: 'Isolation in the database',
  guarantees: [
    { id: 'B1', statement: 'Every table with an account has row security enabled and forced.' },
    {
      id: 'B2',
      statement:
        'The policies of every such table check rows that are written as well as rows that are read.',
    },
    {
      id: 'B3',
      statement: 'The login roles own nothing, bypass nothing and are members of no stronger role.',
    },
    { id: 'B4', statement: 'Without an account in the session, no row of a tenant is visible.' },
    { id: 'B5', statement: 'An empty or malformed account in the session shows no row.' },
    { id: 'B6', statement: 'Transactions of many tenants share one pool and never see rows of each other.' },
    { id: 'B7', statement: 'Input that contains SQL stays a value and changes no session setting.' },
    { id: 'B8', statement: 'A child row cannot refer to a parent of another account.' },
    { id: 'B9', statement: 'No foreign key deletes by cascade.' },
    { id: 'B10', statement: 'A foreign id and a random id get the same answer, byte for byte.' },
    { id: 'B11', statement: "No view reads tenants' tables with the rights of its owner." },
    { id: 'B12', statement: 'No function runs with the rights of its owner.' },
    { id: 'B13', statement: 'The login roles cannot truncate a table.' },
    { id: 'B14', statement: 'An update cannot move a row to another account.' },
    { id: 'B15', statement: 'No added policy can widen what the policies of a table allow.' },
    { id: 'B16', statement: 'Only an optional reference may be null, and the account of a row never is.' },
    { id: 'B17', statement: 'No id and no number reveals how much other tenants do.' },
    {
      id: 'B18',
      statement: 'Statements, waits for locks and idle transactions of the login roles have time bounds.',
    },
  ],
};
