import type { GuaranteeGroup } from './guarantee.ts';

/** Credits, holds and the ledger. */
export const credits: GuaranteeGroup = {
  subject: 'Credits, holds and the ledger',
  guarantees: [
    { id: 'I1', statement: 'Concurrent holds take exactly the credits that are available, and never more.' },
    {
      id: 'I2',
      statement:
        'A settle above its hold is refused with 422 and moves nothing, unless the caller allows the excess.',
    },
    { id: 'I3', statement: 'A hold is resolved once; every other attempt is refused with 409.' },
    { id: 'I4', statement: 'A settle below its hold returns the exact remainder.' },
    {
      id: 'I5',
      statement: 'A charge is returned once and up to its amount, and only by an entry of the same account.',
    },
    {
      id: 'I6',
      statement: 'Amounts are whole numbers that JSON counts exactly; any other amount is refused.',
    },
    { id: 'I7', statement: 'The credits of an expired hold are available again, whether or not a job ran.' },
    {
      id: 'I8',
      statement: 'Of a settle and the expiry of the same hold one takes effect, and the sums are right.',
    },
    {
      id: 'I9',
      statement: 'A run that the credits do not cover is refused with 402 and no provider is called.',
    },
    { id: 'I10', statement: 'A run that fails or is cut off is charged for what was delivered, once.' },
    {
      id: 'I11',
      statement:
        'The same idempotency key and input get the same answer with one effect; another input is refused with 422.',
    },
    {
      id: 'I12',
      statement:
        'A retry after a crash between commit and answer gets the stored answer and has no second effect.',
    },
    { id: 'I13', statement: 'A refused call does not use up its idempotency key.' },
    {
      id: 'I14',
      statement: 'The credits of a month are granted once, whatever runs twice, and need no job.',
    },
    {
      id: 'I15',
      statement: "A renewal or a change of plan sets the plan's part of the credits and adds nothing to it.",
      tests: [
        'a renewal sets the plan part and leaves the other kinds',
        'sets the plan’s credits and adds nothing to them',
      ],
    },
    {
      id: 'I16',
      statement: 'One address receives the credits of a trial once.',
      tests: ['makes one account and one grant when twenty requests register one address at once'],
    },
    {
      id: 'I17',
      statement: 'An adjustment by staff has a reason, an actor and bounds.',
      tests: ['gives a grant with a reason, an actor and a message', 'adjusting credits is refused with %s'],
    },
    { id: 'I18', statement: 'The role of the API cannot change, delete or truncate the journal.' },
    { id: 'I19', statement: 'The stored balance and the held credits always equal the sums of the journal.' },
    { id: 'I20', statement: 'A reversal is a new entry, and what was true at an earlier time stays so.' },
    {
      id: 'I21',
      statement: 'No code changes a balance by arithmetic on an entity.',
      tests: ['the import rules have a breach above for each package and for each restriction'],
    },
    { id: 'I22', statement: 'A conflict between transactions is retried and is never a 500.' },
    { id: 'I23', statement: 'Kinds of credits are spent in the documented order and expire exactly.' },
    {
      id: 'I24',
      statement:
        'Sites and keys share the credits of their account, and their own limits hold under concurrency.',
    },
    {
      id: 'I25',
      statement:
        'Usage adds up to the journal for every dimension and any split of days, and an estimate that was replaced is an estimate no more.',
    },
  ],
};
