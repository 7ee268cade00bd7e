import type { GuaranteeGroup } from './guarantee.ts';

/** What both transports do before and after the gate. */
export const transport: GuaranteeGroup = {
  subject: 'tRPC and REST',
  guarantees: [
    {
      id: 'D1',
      statement: 'Each call of a batch takes its own points of the throttle.',
      tests: ['counts each call of a batch, and refuses before the input is read'],
    },
    {
      id: 'D2',
      statement: 'Each call of a batch has a status and a body of its own.',
      tests: ['a batch commits each call on its own when another call in it fails'],
    },
    { id: 'D3', statement: 'An idempotency key on a batch of several mutations is refused with 400.' },
    {
      id: 'D4',
      statement: 'A call has the same effects and the same answer over tRPC and over REST.',
      tests: ['is the same for every credential over both transports'],
    },
    { id: 'D5', statement: 'No value of a body is converted to another type.' },
    { id: 'D6', statement: 'tRPC gives the same verdict on an input before and after REST traffic.' },
    { id: 'D7', statement: 'A path matches a route literally; no other spelling of it reaches a procedure.' },
    {
      id: 'D8',
      statement: 'Query strings are converted by type only, and a repeated key is refused with 400.',
    },
    {
      id: 'D9',
      statement: 'Keys such as `__proto__` and `constructor` change no object and cause no fault.',
    },
    {
      id: 'D10',
      statement:
        'Of a repeated JSON key the last value is executed, and the fingerprint of the call covers that value.',
      untested: 'no test sends a body with a repeated key',
    },
    {
      id: 'D11',
      statement: 'A mutation by GET is refused with 405, and a body of another media type with 415.',
      tests: ['methods and paths %s /v1/sites is 405', 'body refusals a body of type %s is 415'],
    },
    { id: 'D12', statement: "No answer contains SQL, a table's name, a path, a stack or a provider's text." },
    { id: 'D13', statement: 'A body above its limit is refused with 413 by both transports.' },
    {
      id: 'D14',
      statement: 'A deeply nested or very long body is refused quickly and delays no other call.',
    },
    {
      id: 'D15',
      statement: 'A stream ends when its account is suspended or its member is removed.',
      untested: 'no test suspends an account while its run streams',
    },
    {
      id: 'D16',
      statement: 'The OpenAPI document lists every procedure with its security and its refusals.',
      tests: ['is 3.1 and has every procedure, with its security and its refusals'],
    },
    {
      id: 'D17',
      statement: 'No header changes the method of a request.',
    },
    { id: 'D18', statement: 'A malformed or ambiguous HTTP message is refused and its connection closed.' },
    {
      id: 'D30',
      statement: 'A body that is encoded, or in another charset than UTF-8, is refused and changes nothing.',
    },
    { id: 'D32', statement: 'HEAD answers a GET without its body, and never runs a mutation.' },
    {
      id: 'D33',
      statement: 'Every other method is refused with 405, and is told which methods the path takes.',
    },
    {
      id: 'D34',
      statement:
        'A page of an origin that is not named exactly can change nothing with a cookie, and reads no answer.',
    },
    { id: 'D31', statement: 'A request with an empty body has no body, whatever its headers say of it.' },
  ],
};
