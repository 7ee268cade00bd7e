import { z } from 'zod';
import { moment, time } from './fields.ts';
import { named } from './named.ts';

export const moveTestClockInput = z
  .strictObject({
    at: moment.optional().describe('The time to set. Either this or `advanceSeconds`.'),
    advanceSeconds: z
      .int()
      .min(0)
      .max(315_360_000)
      .optional()
      .describe('By how many seconds to move the clock; 0 reads it. Either this or `at`.'),
  })
  .refine(({ at, advanceSeconds }) => (at === undefined) !== (advanceSeconds === undefined), {
    message: 'needs exactly one of `at` and `advanceSeconds`',
  })
  .meta({ examples: [{ advanceSeconds: 2_678_400 }] });
export type MoveTestClockInput = z.output<typeof moveTestClockInput>;

/** Where the clock of an account is. */
export const testClock = named(
  'TestClock',
  'The clock of a sandbox account.',
  z.object({
    now: time.describe('The time of the account. It runs on from here.'),
    aheadSeconds: z.int().min(0).describe('How far it is ahead of real time.'),
  }),
  { now: '2026-04-02T12:00:00.000Z', aheadSeconds: 2_678_400 },
);
