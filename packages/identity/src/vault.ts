import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A key of the vault. The id is stored with what the key sealed; the secret is at least 32 characters of any text. */
export interface VaultKey {
  readonly id: string;
  readonly secret: string;
}

/** A text that was sealed. */
export interface Unsealed {
  readonly text: string;
  /** Whether another key than the first sealed it, so that it is to be sealed again. */
  readonly isOutdated: boolean;
}

/** Keeps texts that must be read again. A sealed text is `<key id>.<base64url of nonce, tag and ciphertext>`. */
export interface Vault {
  /** Seals with the first key. Throws when there is no key. */
  seal(text: string): string;
  /** Throws when the text was changed, or when the key that sealed it is not listed. */
  unseal(sealed: string): Unsealed;
}

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Opens a vault with a list of keys: the first seals, all unseal. To rotate, put a new key first, and take the old one out
 * when nothing is sealed by it. AES-256-GCM; the key's id is authenticated with the text.
 */
export function openVault(keys: readonly VaultKey[]): Vault {
  const derived = new Map(keys.map(({ id, secret }) => [id, derive(secret)]));
  const first = keys[0]?.id;

  return {
    seal(text) {
      const key = first === undefined ? undefined : derived.get(first);
      if (first === undefined || key === undefined) throw new Error('the vault has no key to seal with');
      return `${first}.${encrypt(key, first, text)}`;
    },
    unseal(sealed) {
      const [id = '', body = ''] = sealed.split('.');
      const key = derived.get(id);
      if (key === undefined) {
        throw new Error(
          `a stored secret is sealed by the key "${id}", which is not among the keys of this process`,
        );
      }
      return { text: decrypt(key, id, body), isOutdated: id !== first };
    },
  };
}

function derive(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'second factor', 32));
}

function encrypt(key: Uint8Array, id: string, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

function decrypt(key: Uint8Array, id: string, body: string): string {
  const bytes = Buffer.from(body, 'base64url');
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes }).setAAD(
    Buffer.from(id),
  );
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const opened = decipher.update(bytes.subarray(nonceBytes + tagBytes));
  return Buffer.concat([opened, decipher.final()]).toString('utf8');
}
