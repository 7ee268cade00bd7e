import { describe, expect, it } from 'vitest';
import { openVault } from './vault.ts';

const a = { id: 'a', secret: 'a secret of key a, 32 characters' };
const b = { id: 'b', secret: 'a secret of key b, 32 characters' };

/** The sealed text with one bit of its last byte changed. */
function changed(sealed: string): string {
  const [id = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return `${id}.${bytes.toString('base64url')}`;
}

describe('the vault', () => {
  it('gives back what it sealed, sealed differently each time, and names the key', () => {
    const vault = openVault([a]);
    const sealed = vault.seal('text');
    expect(vault.unseal(sealed)).toEqual({ text: 'text', isOutdated: false });
    expect(sealed).toMatch(/^a\.[\w-]+$/);
    expect(vault.seal('text')).not.toBe(sealed);
  });

  it('unseals with every key, seals with the first, and says when another sealed it', () => {
    const old = openVault([a]).seal('text');
    const vault = openVault([b, a]);
    expect(vault.unseal(old)).toEqual({ text: 'text', isOutdated: true });
    const renewed = vault.seal('text');
    expect(openVault([b]).unseal(renewed)).toEqual({ text: 'text', isOutdated: false });
    expect(openVault([a, b]).unseal(renewed)).toEqual({ text: 'text', isOutdated: true });
  });

  it('throws for a key that is not listed, and names it', () => {
    const sealed = openVault([a]).seal('text');
    expect(() => openVault([b]).unseal(sealed)).toThrow('the key "a"');
  });

  it('throws for a text that was changed, sealed by another secret, or filed under another key', () => {
    const sealed = openVault([a]).seal('text');
    const sameSecret = { id: 'b', secret: a.secret };
    expect(() => openVault([a]).unseal(changed(sealed))).toThrow();
    expect(() => openVault([{ id: 'a', secret: b.secret }]).unseal(sealed)).toThrow();
    expect(() => openVault([a, sameSecret]).unseal(sealed.replace('a.', 'b.'))).toThrow();
    expect(() => openVault([a]).unseal('a.')).toThrow();
    expect(() => openVault([a]).unseal('')).toThrow();
  });

  it('seals nothing without a key', () => {
    expect(() => openVault([]).seal('text')).toThrow('no key');
  });
});
