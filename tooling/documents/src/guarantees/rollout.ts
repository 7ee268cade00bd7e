import type { GuaranteeGroup } from './guarantee.ts';

/** The way from igny8 to Tenantry. */
export const rollout: GuaranteeGroup = {
  subject: 'The way from igny8: its schema, its accounts',
  guarantees: [
    {
      id: 'R1',
      statement:
        'The schema of igny8 is changed beside its code, which waits less than a second and fails nowhere, and is changed back.',
      tests: [
        'run up and down beside the old code',
        'wait for no lock so long that others wait behind them',
        'fill in what others have locked once it is free',
      ],
    },
    {
      id: 'R2',
      statement: 'A stage is not taken back where that would lose a fact.',
      tests: ['are not taken back where that would lose a fact'],
    },
    {
      id: 'R3',
      statement:
        'An import accounts for every row and every credit, and says why one is not brought as it was.',
      tests: ['accounts for every row and every credit'],
    },
    {
      id: 'R4',
      statement: 'An import that is killed is run again, and brings each account once.',
      tests: ['where it was, and doubles nothing', 'an import of igny8 brings each account once'],
    },
    {
      id: 'R5',
      statement: 'Imported credits are a journal that verifies and ends at the balance of the source.',
      tests: ['books the history of the credits', 'never take more than there is, and end at the balance'],
    },
    {
      id: 'R6',
      statement:
        'Nobody gets into an imported account by registering the address of a member before the import.',
      tests: [
        'gives nobody a membership who registered the address',
        'does not sign in before they have set a password',
      ],
    },
  ],
};
