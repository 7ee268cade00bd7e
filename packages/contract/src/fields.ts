import { isEmail, normaliseEmail } from '@tenantry/domain/email';
import { isAsciiHostname, normaliseDomain } from '@tenantry/domain/hostname';
import { isName, normaliseName } from '@tenantry/domain/name';
import { normalisePassword, passwordCharactersMax, passwordCharactersMin } from '@tenantry/domain/password';
import { isCode, normaliseCode } from '@tenantry/domain/second-factor/code';
import { roles } from '@tenantry/domain/permissions';
import { paymentMethods } from '@tenantry/domain/standing';
import { isStorable, unstorable } from '@tenantry/domain/storable';
import { z } from 'zod';

/** A text of 1 to `charactersMax` UTF-16 units that can be stored. */
export const text = (charactersMax: number) =>
  z.string().min(1).max(charactersMax).refine(isStorable, unstorable);

/** A text of 1 to `charactersMax` UTF-16 units that is not blank. */
const filledText = (charactersMax: number) =>
  text(charactersMax).refine((given) => given.trim() !== '', 'is blank');

/**
 * A name or another text of one line that people read, of 1 to `charactersMax` UTF-16 units, parsed to its one spelling.
 * Every field that is a name is made by this.
 */
export const lineOf = (charactersMax: number) =>
  text(charactersMax)
    .overwrite(normaliseName)
    .min(1)
    .refine(isName, 'holds a control or format character, or shows nothing');

/** The name that a person gives something. */
export const nameText = lineOf(200);

/** The name by which calls call a plan, parsed to lower case. */
export const slug = (charactersMax: number) => text(charactersMax).trim().toLowerCase();

/** The domain of a site: a host name, or the address of its start page; parsed to the host name in its ASCII form. */
export const domain = text(500)
  .overwrite(normaliseDomain)
  .max(253)
  .refine(isAsciiHostname, 'is not a host name such as blog.example.com, without a port or a path');

/** An id in an input: a UUID in either case, parsed to lower case. */
export const id = z.uuid().toLowerCase();

/** The operator's own id of a customer, as a header can carry it. */
export const externalId = z
  .string()
  .regex(/^[!-~]{1,200}$/, 'is not 1 to 200 visible ASCII characters without a space');

/** An id in an output. */
export const uuid = z.uuid();

/** A time in an output: RFC 3339 in UTC. */
export const time = z.iso.datetime();

/** Whether a time is in the years 1 to 9999 in UTC, which an output can show. */
function hasFourDigitYear(given: string): boolean {
  const year = new Date(given).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** A time in an input: RFC 3339 with any offset, in the years 1 to 9999 in UTC. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine(hasFourDigitYear, 'is outside the years 1 to 9999');

/** Credits or minor units of a currency, from 0 to 2^53 − 1. */
export const credits = z.int().min(0);

/** Credits or minor units that are moved: from 1 to 2^53 − 1. */
export const amount = z.int().min(1);

/** Credits or minor units that a correction can make negative: within ±(2^53 − 1). */
export const signedCredits = z.int();

/** Money in minor units that may be below zero, within ±(2^53 − 2). */
export const signedMinorUnits = z
  .int()
  .min(1 - Number.MAX_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER - 1);

/** The address of a person, as an output shows it. */
export const addressOfPerson = z.string().describe('Their e-mail address.');

/** The name of a person, as an output shows it. */
export const nameOfPerson = z.string().nullable().describe('Their name, when they gave one.');

/** A token that proves a session. */
export const bearerToken = z.string().describe('The token to send as a bearer token.');

/** How many things there are; PostgreSQL stores it in 32 bits. */
export const count = z.int().min(0).max(2_147_483_647);

/** A number of tokens or of another unit of use. */
export const units = z.int().min(0);

/** An ISO 4217 code, parsed to upper case. */
export const currency = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/);

/** An e-mail address to look up, parsed to its one spelling: one that nobody can have is not an error. */
export const knownEmail = text(254).overwrite(normaliseEmail);

/** An address that e-mail can be sent to, as people type it, parsed to its one spelling. */
export const email = knownEmail.refine(isEmail, 'is not an e-mail address');

/** A password that is set now; its length is that of its normal form. */
export const newPassword = z
  .string()
  .min(passwordCharactersMin)
  .max(passwordCharactersMax)
  .refine((given) => given.isWellFormed())
  .refine(
    (given) => normalisePassword(given).length >= passwordCharactersMin,
    `has fewer than ${passwordCharactersMin} characters`,
  );

/** A password that was set before. It is compared and never stored. */
export const password = z.string().min(1).max(passwordCharactersMax);

/** A random token of 32 bytes in base64url. */
export const opaqueToken = z.string().regex(/^[\w-]{43}$/);

/** Six digits of an authenticator app, or a recovery code; blanks, dashes and capitals do not matter. */
export const secondFactorCode = z
  .string()
  .min(6)
  .max(40)
  .overwrite(normaliseCode)
  .refine(isCode, 'is neither six digits nor a recovery code');

/** Labels of the caller's own: at most 20, with names of at most 50 and values of at most 500 characters. */
export const metadata = z
  .record(lineOf(50), z.string().max(500).refine(isStorable))
  .refine((labels) => Object.keys(labels).length <= 20, 'has more than 20 labels')
  .default({});

/** The link to a proof of payment. It is stored and shown to staff, and never fetched. */
export const proofUrl = z
  .url({ protocol: /^https$/ })
  .max(2000)
  .refine((url) => url.isWellFormed());

export const role = z.enum(roles);
export const paymentMethod = z.enum(paymentMethods);

/** Why staff change something; it stays on record. */
export const reason = filledText(500).describe('Why it is done; it stays on record.');

/** An input without any key; it may be left out. */
export const nothing = z.strictObject({}).prefault({});

/** An output that only says that the call succeeded. */
export const done = z.object({}).describe('The call succeeded.');

/** The id of what a call removed. */
export const removed = z
  .object({ id: uuid.describe('The id of what was removed.') })
  .describe('What was removed.');
