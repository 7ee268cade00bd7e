import type { GuaranteeGroup } from './guarantee.ts';

/** Signing in, resetting passwords, invitations and registration. */
export const identity: GuaranteeGroup = {
  subject: 'Identity',
  guarantees: [
    {
      id: 'L1',
      statement: 'Signing in and asking for a reset answer alike for a known and an unknown address.',
    },
    {
      id: 'L2',
      statement:
        'The token of a reset works once, for an hour, until a newer one exists, and its link ignores the Host header.',
    },
    { id: 'L3', statement: 'A reset ends every session of the person.' },
    {
      id: 'L4',
      statement: 'An invitation that was revoked, has expired or exceeds its inviter is worth nothing.',
    },
    {
      id: 'L5',
      statement: 'An invitation does not tell the inviter whether the address is known, and moves nobody.',
    },
    {
      id: 'L7',
      statement: 'A registration that fails at any step leaves nothing, and the next attempt succeeds.',
    },
    { id: 'L8', statement: 'Concurrent registrations of one address make one account with one grant.' },
    {
      id: 'L9',
      statement:
        'Ten failed attempts lock the person for a quarter of an hour, however many are made at once and from however many addresses a second factor is tried.',
    },
    {
      id: 'L10',
      statement:
        'A password is the same however its letters are composed; one that is too long is refused before it is hashed, and one that is guessed first is not set.',
    },
    {
      id: 'L11',
      statement:
        'A session or a change that follows from a password is made only while that password is set.',
    },
    {
      id: 'L12',
      statement:
        'Nobody locks the owner of a mailbox out: a second factor needs a confirmed address, and a mailed reset ends locks and what was set up before.',
    },
    { id: 'L13', statement: 'Only who knows the password sets up, renews or removes a second factor.' },
    {
      id: 'L14',
      statement: 'A platform admin removes a second factor with a reason, which stays on record.',
    },
    {
      id: 'L15',
      statement:
        'Another address needs the password and its own confirmation, ends earlier links, and the former address hears of it.',
    },
    { id: 'L16', statement: 'A code is taken with blanks, dashes and capitals.' },
  ],
};
