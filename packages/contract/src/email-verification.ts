import { z } from 'zod';
import { opaqueToken } from './fields.ts';
import { sample } from './named.ts';

export const confirmEmailVerificationInput = z
  .strictObject({ token: opaqueToken.describe('The token of the e-mail.') })
  .meta({ examples: [{ token: sample.token }] });
export type ConfirmEmailVerificationInput = z.output<typeof confirmEmailVerificationInput>;
