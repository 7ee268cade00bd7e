import type { GuaranteeGroup } from './guarantee.ts';

/** How SQL is sent and how lists are asked for. */
export const queries: GuaranteeGroup = {
  subject: 'SQL, search and lists',
  guarantees: [
    {
      id: 'C1',
      statement:
        'Only one function of packages/db and the connections of the ledger send SQL, and its text is constant.',
      tests: ['the import rules report in', 'the import rules report twice in'],
    },
    {
      id: 'C2',
      statement: 'No code uses a method of the ORM that skips its filters.',
      tests: ['the import rules have a breach above for each package and for each restriction'],
    },
    { id: 'C3', statement: 'An unknown sort key or direction is refused with 400.' },
    { id: 'C4', statement: 'A page size that is not a whole number from 1 to 100 is refused with 400.' },
    {
      id: 'C5',
      statement: 'Input objects are strict: an unknown key or a value of another type is refused with 400.',
      tests: ['body refusals unknown keys and coerced values'],
    },
    {
      id: 'C6',
      statement: 'A search text is compared as it is; no character in it has a special meaning.',
      untested: 'the search compares positions and uses no pattern; no test sends % or _',
    },
    {
      id: 'C7',
      statement: 'A NUL byte or half a surrogate pair in any text is refused and is no fault of the server.',
      tests: ['is answered as the OpenAPI document says, with no fault and no internal detail'],
    },
    {
      id: 'C8',
      statement:
        'A malformed cursor is refused with 400, and a cursor of another account shows own rows only.',
      tests: ['reads a cursor of another account as a position among its own items'],
    },
    { id: 'C9', statement: 'Email addresses are normalised before they are compared.' },
  ],
};
