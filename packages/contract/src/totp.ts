import { z } from 'zod';
import { password, secondFactorCode } from './fields.ts';
import { named } from './named.ts';

/** A second factor that waits to be confirmed. */
export const totpSetup = named(
  'TotpSetup',
  'A second factor that waits to be confirmed.',
  z.object({
    secret: z
      .string()
      .nullable()
      .describe('The secret to type into an authenticator app. Shown once: a replayed answer has null.'),
    uri: z
      .string()
      .nullable()
      .describe('The same as an `otpauth:` URI to show as a QR code; null where the secret is.'),
  }),
  {
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/Tenantry:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tenantry',
  },
);

/** Codes that replace the app, each once. */
export const recoveryCodes = named(
  'RecoveryCodes',
  'Codes that replace the authenticator app, each once.',
  z.object({
    recoveryCodes: z
      .array(z.string())
      .nullable()
      .describe('The codes. They are shown once: a replayed answer has null.'),
  }),
  { recoveryCodes: ['abcde-fghij', 'k2345-67mno'] },
);

/** The password of the person, asked again. */
const ownPassword = password.describe('The password of the person who is signed in.');

export const createTotpInput = z
  .strictObject({ password: ownPassword })
  .meta({ examples: [{ password: 'correct horse battery' }] });
export type CreateTotpInput = z.output<typeof createTotpInput>;

/** What a person shows to change a second factor that they have. */
export const ownerCodeInput = z
  .strictObject({
    password: ownPassword,
    code: secondFactorCode.describe('Six digits of the app, or a recovery code.'),
  })
  .meta({ examples: [{ password: 'correct horse battery', code: '123456' }] });
export type OwnerCodeInput = z.output<typeof ownerCodeInput>;

export const totpCodeInput = z
  .strictObject({ code: secondFactorCode.describe('Six digits of the app, or a recovery code.') })
  .meta({ examples: [{ code: '123456' }] });
export type TotpCodeInput = z.output<typeof totpCodeInput>;
