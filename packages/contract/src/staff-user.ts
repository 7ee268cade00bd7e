import { z } from 'zod';
import { knownEmail, reason, uuid } from './fields.ts';

/** The person whose second factor was removed. */
export const recoveredUser = z
  .object({ id: uuid.describe('The person.') })
  .describe('The person whose second factor was removed.');

export const resetSecondFactorInput = z
  .strictObject({ email: knownEmail.describe('The e-mail address of the person.'), reason })
  .meta({
    examples: [{ email: 'ada@example.com', reason: 'The phone was lost; identity checked by call.' }],
  });
export type ResetSecondFactorInput = z.output<typeof resetSecondFactorInput>;
