import { describe, expect, it } from 'vitest';
import { withoutKeySecret } from './key-secret.ts';
import { searchTermsOf } from './terms.ts';

const key = 'tny_live_0123456789ab';
const secret = `${key}_${'x'.repeat(38)}`;

describe('what a text can name', () => {
  it.each([
    ['0198F0C0-5E1A-7C3D-8A11-2F6B0C9D4E01', { id: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01' }],
    [' Ada@Bücher.example ', { email: 'ada@xn--bcher-kva.example' }],
    ['ada@', { email: 'ada@' }],
    ['Ada Lovelace <Ada@b.example>', { email: 'ada@b.example' }],
    ['customer-42', { externalId: 'customer-42' }],
    ['rf18 5390 0754 7034', { reference: 'RF18539007547034' }],
    ['t-000117', { invoiceNumber: 'T000117' }],
    ['ft 2026-03-02', { bankReference: 'FT 2026-03-02' }],
    ["  O'Hara &  Söhne", { name: "o'hara & söhne", words: ['o', 'hara', 'söhne'] }],
    ['हिन्दी', { words: ['हिन्दी'] }],
    ['🚀', { name: '🚀', words: [] }],
    [key, { keyId: '0123456789ab', words: [] }],
    ['tny_test_0Zz', { keyId: '0Zz' }],
    ['0123456789ab', { keyId: '0123456789ab', words: ['0123456789ab'] }],
  ])('%s names %o', (text, expected) => {
    expect(searchTermsOf(text)).toMatchObject(expected);
  });

  it.each([
    ['', undefined],
    ['   ', undefined],
    ['@example.com', { email: undefined }],
    ['Müller', { externalId: undefined, reference: undefined, invoiceNumber: undefined }],
    ['RFX', { reference: undefined }],
    ['0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0', { id: undefined }],
    ['tny_live_', { keyId: undefined }],
  ])('%s names no other thing', (text, expected) => {
    const terms = searchTermsOf(text);
    expect(expected === undefined ? terms : { ...terms }).toEqual(
      expected === undefined ? undefined : { ...terms, ...expected },
    );
  });

  it('looks at no more words of a long text than at eight', () => {
    expect(searchTermsOf('a b c d e f g h i j')?.words).toHaveLength(8);
  });

  it('never holds the secret of a key that somebody pastes', () => {
    expect(withoutKeySecret(`see ${secret} and ${secret.replace('tny', 'tns')}!`)).toBe(
      `see ${key} and ${key.replace('tny', 'tns')}!`,
    );
    expect(withoutKeySecret(secret.slice(0, 30))).toBe(key);
    expect(JSON.stringify(searchTermsOf(secret))).not.toContain('xx');
    expect(JSON.stringify(searchTermsOf(`a key: ${secret}`))).not.toContain('xx');
  });
});
