import { randomBytes } from 'node:crypto';
import { type Options, hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** The longest password that is hashed, in UTF-16 units: hashing must not be a way to spend our memory. */
export const passwordCharactersMax = 1024;

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } satisfies Options;

/** The queue of hashes. Four at once keep hashing to 76 MiB; the others wait in the order they came. */
export const hashing = pLimit(4);

/**
 * The argon2id hash of a password, as a PHC string with its own salt; the password is taken unmodified.
 * @throws RangeError when the text is longer than `passwordCharactersMax`
 */
export function hashPassword(text: string): Promise<string> {
  if (text.length > passwordCharactersMax) {
    return Promise.reject(new RangeError(`a password has at most ${passwordCharactersMax} characters`));
  }
  return hashing(() => hash(text, cost));
}

/**
 * Whether the password has this hash; a text that is too long is no password and is not hashed.
 * @throws when the stored hash is not a PHC string, which is a fault and no refusal
 */
export async function verifyPassword(storedHash: string, text: string): Promise<boolean> {
  if (text.length > passwordCharactersMax) return false;
  return hashing(() => verify(storedHash, text));
}

/** A hash no password has, to verify against when the e-mail is unknown, so that both refusals cost the same. */
export function decoyHash(): string {
  return decoy;
}

const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${unpadded(16)}$${unpadded(cost.outputLen)}`;

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}
