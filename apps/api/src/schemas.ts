import { isEmail, normaliseEmail } from '@tenantry/identity/email';
import { passwordCharactersMax } from '@tenantry/identity/password';
import { text } from '@tenantry/rest/schemas';
import { z } from 'zod';

/** An address that mail can be sent to, as people type it. */
export const email = text(254).refine(
  (address) => isEmail(normaliseEmail(address)),
  'is not an e-mail address',
);

/** A password that is set now; ten characters or more, taken as it is. */
export const newPassword = z
  .string()
  .min(10)
  .max(passwordCharactersMax)
  .refine((it) => it.isWellFormed());

/** A password that was set before. */
export const password = z.string().min(1).max(passwordCharactersMax);

/** A token that came by mail. */
export const mailedToken = z.string().regex(/^[\w-]{43}$/);

/** Six digits of an authenticator app, or a recovery code. */
export const secondFactorCode = z.string().regex(/^(?:\d{6}|[a-z2-7]{5}-[a-z2-7]{5})$/);
