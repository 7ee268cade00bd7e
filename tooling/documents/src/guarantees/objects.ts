import type { GuaranteeGroup } from './guarantee.ts';

/** Ids, roles, staff and system accounts. */
export const objects: GuaranteeGroup = {
  subject: 'Objects, roles and staff',
  guarantees: [
    {
      id: 'H1',
      statement: 'Every procedure answers a foreign id like a random id, for every role and both transports.',
    },
    { id: 'H2', statement: 'This holds for every id in the input, nested ones included.' },
    {
      id: 'H4',
      statement: 'Input cannot set a field that the procedure does not name.',
      tests: ['body refusals unknown keys and coerced values'],
    },
    {
      id: 'H5',
      statement: 'No answer contains the hash of a password.',
      tests: ['never shows a password hash, nor anything of it'],
    },
    {
      id: 'H6',
      statement: 'Each role reaches the procedures that the table of scopes allows, and no others.',
      tests: ['serves own ids by %s to the callers that the table allows'],
    },
    { id: 'H7', statement: 'Nobody gives a role above their own.' },
    { id: 'H8', statement: 'No credential of a tenant reaches the admin app.' },
    { id: 'H9', statement: 'The name of an account gives it no power.' },
    { id: 'H10', statement: 'A system account sees figures of the platform and nothing of another account.' },
    {
      id: 'H11',
      statement: 'The account that a call names is checked against the memberships of its caller.',
      tests: [
        'a foreign account in the header as one that does not exist',
        'of several accounts is refused until the call names the account',
      ],
    },
    { id: 'H12', statement: 'A mutation checks the role again in its transaction.' },
    {
      id: 'H13',
      statement: "A deleted site and a revoked key no longer count against the plan's limits.",
      tests: ['count what exists: a deleted site and a revoked key'],
    },
  ],
};
