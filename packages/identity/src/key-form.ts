import { crc32 } from 'node:zlib';
import { encodeBase62, randomBase62 } from './base62.ts';

/** What a key is for: the accounts of customers, or sandbox accounts alone. */
export type KeyMode = 'live' | 'test';

export type MintedKey = {
  /** The whole key, shown once. */
  readonly secret: string;
  readonly keyId: string;
  /** What may be shown and stored: everything before the secret. */
  readonly prefix: string;
};

export type ParsedKey = { readonly mode: KeyMode; readonly keyId: string; readonly secret: string };

/** Length of every key: `tny_live_`, 12 of id, `_`, 32 of secret, 6 of checksum. */
const keyCharacters = 60;

/** A form of keys: how they are made, and how they are read without any I/O. */
export interface KeyForm {
  /** The shape of a key, for secret scanners; one fixed length, so it matches in linear time. */
  readonly pattern: RegExp;
  /** A new key with 190 bits of secret. */
  mint(mode: KeyMode): MintedKey;
  /**
   * Reads a key: length, then shape, then checksum.
   * @returns undefined for whatever is not a key; a key that parses may still be unknown or revoked
   */
  parse(text: string): ParsedKey | undefined;
}

/** The form of the keys that begin with a word of three letters. */
export function keyForm(word: 'tny' | 'tns'): KeyForm {
  const pattern = new RegExp(`^${word}_(live|test)_([0-9A-Za-z]{12})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$`);
  return {
    pattern,
    mint: (mode) => {
      const keyId = randomBase62(12);
      const prefix = `${word}_${mode}_${keyId}`;
      const body = `${prefix}_${randomBase62(32)}`;
      return { secret: body + checksumOf(body), keyId, prefix };
    },
    parse: (text) => {
      if (text.length !== keyCharacters) return undefined;
      const [, mode, keyId, secret, checksum] = pattern.exec(text) ?? [];
      if ((mode !== 'live' && mode !== 'test') || keyId === undefined || secret === undefined)
        return undefined;
      return checksum === checksumOf(text.slice(0, -6)) ? { mode, keyId, secret } : undefined;
    },
  };
}

function checksumOf(body: string): string {
  return encodeBase62(crc32(body), 6);
}
