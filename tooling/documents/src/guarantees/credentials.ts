import type { GuaranteeGroup } from './guarantee.ts';

/** API keys, and the gate that every credential passes. */
export const credentials: GuaranteeGroup = {
  subject: 'API keys and the gate',
  guarantees: [
    {
      id: 'F1',
      statement:
        'The state of the account decides alike for every credential and both transports, by one table.',
    },
    { id: 'F2', statement: 'A refusal of the gate writes nothing, moves no credit and calls no provider.' },
    {
      id: 'F3',
      statement:
        'An account that owes money reaches the procedures that are marked for it, and a suspended one does not.',
      tests: ['standing lets unpaid accounts reach unpaid procedures, and suspended ones not'],
    },
    {
      id: 'F4',
      statement: 'A key or session that has ended is refused with 401 within the bound of the cache.',
    },
    { id: 'F5', statement: 'Only a digest of a secret is stored, and the secret is shown once.' },
    {
      id: 'F6',
      statement: 'A key that is bound to a site reaches no other site and does nothing beyond its scopes.',
    },
    {
      id: 'F7',
      statement:
        'A request with two Authorization headers is refused with 401; two identities are never mixed.',
      tests: ['is refused with 401, and the log names the reason without its text'],
    },
    {
      id: 'F8',
      statement: 'A credential in the query string is no credential.',
      tests: ['is refused with 401, and the log names the reason without its text'],
    },
    { id: 'F9', statement: 'A key belongs to its account and outlives the person who made it.' },
    { id: 'F10', statement: 'A rotated key works until its overlap ends, and not afterwards.' },
    { id: 'F11', statement: 'Recording the last use of a key delays and fails no call.' },
    {
      id: 'F12',
      statement: 'A text that is no key is refused by its form or its checksum.',
      tests: ['10,000 seeded mutations are refused by shape or checksum'],
    },
  ],
};
