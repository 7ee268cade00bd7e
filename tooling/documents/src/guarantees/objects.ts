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
    {
      id: 'H14',
      statement:
        'What is outside the sites of a member or a key does not exist for them, and they change nothing of the whole account.',
      tests: [
        'is in no answer to a query of a member or a key that is limited to one site',
        'changes nothing of the account or of another site, whatever it calls',
      ],
    },
    {
      id: 'H15',
      statement: 'One predecessor of a rotated key lives on at most, and it takes no place of the plan.',
      tests: ['are never more than two with one predecessor each'],
    },
    {
      id: 'H16',
      statement: 'A limit of a plan holds when it is asked for a hundred times at once.',
      tests: ['grants no more than it may: $name'],
    },
    {
      id: 'H17',
      statement: 'Two changes of one account at once end as one after the other, and neither is a fault.',
      tests: ['end as one after the other, whatever they change'],
    },
  ],
};
