import { z } from 'zod';
import { knownEmail, newPassword, opaqueToken } from './fields.ts';
import { sample } from './named.ts';

export const createPasswordResetInput = z
  .strictObject({ email: knownEmail.describe('The address to send the link to, if it is registered.') })
  .meta({ examples: [{ email: 'ada@example.com' }] });
export type CreatePasswordResetInput = z.output<typeof createPasswordResetInput>;

export const confirmPasswordResetInput = z
  .strictObject({
    token: opaqueToken.describe('The token of the e-mail.'),
    password: newPassword.describe('The password to set.'),
  })
  .meta({ examples: [{ token: sample.token, password: 'correct horse battery' }] });
export type ConfirmPasswordResetInput = z.output<typeof confirmPasswordResetInput>;
