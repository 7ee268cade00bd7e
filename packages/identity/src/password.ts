import { randomBytes } from 'node:crypto';
import { type Options, hash, verify } from '@node-rs/argon2';
import { normalisePassword, passwordCharactersMax } from '@tenantry/domain/password';
import pLimit from 'p-limit';

/** OWASP's argon2id parameters: 19 MiB, two passes, parallelism 1. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } satisfies Options;

/** The queue of hashes. Four run at once, which takes 76 MiB; the others wait in their order of arrival. */
export const hashing = pLimit(4);

/**
 * The argon2id hash of a password in its normal form, as a PHC string with its own salt.
 * @throws RangeError when the text is longer than `passwordCharactersMax`
 */
export function hashPassword(text: string): Promise<string> {
  if (text.length > passwordCharactersMax) {
    return Promise.reject(new RangeError(`a password has at most ${passwordCharactersMax} characters`));
  }
  return hashing(() => hash(normalisePassword(text), cost));
}

/** What a hash was made of: the normal form of the password, or the text as an earlier version took it. */
export type HashedForm = 'normal' | 'raw';

/**
 * What the hash was made of when the password has it, or undefined. A text that is too long is not hashed and does not
 * match.
 * @throws when the stored hash is not a PHC string, which is a fault of the stored data
 */
export async function matchPassword(storedHash: string, text: string): Promise<HashedForm | undefined> {
  if (text.length > passwordCharactersMax) return undefined;
  const normal = normalisePassword(text);
  if (await hashing(() => verify(storedHash, normal))) return 'normal';
  return normal !== text && (await hashing(() => verify(storedHash, text))) ? 'raw' : undefined;
}

/** Whether the password has this hash, in either form. Throws what `matchPassword` throws. */
export async function verifyPassword(storedHash: string, text: string): Promise<boolean> {
  return (await matchPassword(storedHash, text)) !== undefined;
}

/** A hash that no password has. It is verified when the email is unknown, so that both refusals take the same time. */
export function decoyHash(): string {
  return decoy;
}

const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${unpadded(16)}$${unpadded(cost.outputLen)}`;

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

/** A new password of 20 characters with 120 random bits, for somebody who is told it once. */
export function generatePassword(): string {
  return randomBytes(15).toString('base64url');
}
