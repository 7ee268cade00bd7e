import { type Refusal, refuse } from './refusals.ts';

/** The shortest password that may be set, in UTF-16 units of its normal form. */
export const passwordCharactersMin = 10;

/** The longest password that is taken, in UTF-16 units: the work of hashing one stays bounded. */
export const passwordCharactersMax = 1024;

/**
 * The one form in which a password is hashed: that of RFC 8265's OpaqueString. Letters are composed (NFC) and every
 * kind of space is the ASCII one; case, and everything else, stays. Idempotent.
 */
export function normalisePassword(text: string): string {
  return text.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** What a password is compared with before it is set. */
export interface PasswordRule {
  /** Whether a text in lower case is among the passwords that are most often used. */
  isCommon: (text: string) => boolean;
  /** The address of the person, and names that belong to them. */
  texts: readonly (string | null | undefined)[];
  /** The input field that holds the password. */
  path: string;
}

/** What may be added to a word that is guessed without making it hard to guess, in characters. */
const addedCharactersMax = 5;

/**
 * Refuses a password that is guessed first: one that is often used, one that repeats a short or common part, and one
 * that is made of the person's own address or names.
 */
export function refusalIfWeakPassword(
  password: string,
  { isCommon, texts, path }: PasswordRule,
): Refusal<'invalid_input'> | undefined {
  const text = normalisePassword(password).toLowerCase();
  const weak = (message: string) => refuse('invalid_input', { errors: [{ path, message }] });
  if (isGuessedFirst(text, isCommon))
    return weak('is one of the passwords that are guessed first; choose another');
  if (isMadeOf(text, texts.flatMap(wordsOf)))
    return weak('is made of your address or a name of yours; choose another');
  return undefined;
}

function isGuessedFirst(text: string, isCommon: (text: string) => boolean): boolean {
  const part = repeatedPart(text);
  if (part.length <= addedCharactersMax || isCommon(part)) return true;
  const word = withoutEnds(text);
  return text.length - word.length <= addedCharactersMax && isCommon(word);
}

/** A text from its first alphabetic character to its last. */
function withoutEnds(text: string): string {
  const characters = Array.from(text);
  const isAlphabetic = (character: string) => /\p{L}/u.test(character);
  return characters
    .slice(characters.findIndex(isAlphabetic), characters.findLastIndex(isAlphabetic) + 1)
    .join('');
}

/** The shortest text that gives another by being repeated; the text itself when no shorter one does. */
function repeatedPart(text: string): string {
  return text.slice(0, (text + text).indexOf(text, 1));
}

/** The words of an address or a name, but for the top level of a domain, which says nothing about its owner. */
function wordsOf(text: string | null | undefined): string[] {
  const [local = '', domain = ''] = (text ?? '').normalize('NFC').toLowerCase().split('@');
  const words = [local, ...local.split(/[^\p{L}\p{N}]+/u), ...domain.split('.').slice(0, -1)];
  return words.filter((word) => word.length > 2);
}

function isMadeOf(text: string, words: readonly string[]): boolean {
  const rest = words
    .toSorted((left, right) => right.length - left.length)
    .reduce((left, word) => left.replaceAll(word, ''), text);
  return rest !== text && rest.replaceAll(/[^\p{L}\p{N}]/gu, '').length <= addedCharactersMax;
}
