import type { Mutant } from '../mutant.ts';

/** Mutants of packages/identity. */
export const identityMutants: readonly Mutant[] = [
  {
    name: 'a password is compared as it is composed',
    file: 'packages/identity/src/password.ts',
    find: 'const normal = normalisePassword(text);',
    replace: 'const normal = normalisePassword(text) && text;',
    test: 'packages/identity/src/password.test.ts',
    title: 'has one hash however its letters are composed',
  },
  {
    name: 'an id of a token may be any text',
    file: 'packages/identity/src/access-token.ts',
    find: "typeof claim === 'string' && idPattern.test(claim)",
    replace: "typeof claim === 'string' && claim !== idPattern.source",
    test: 'packages/identity/src/access-token.test.ts',
    title: 'of any odd value',
  },
  {
    name: 'a token for another audience is taken',
    file: 'packages/identity/src/access-token.ts',
    find: '      audience,\n      requiredClaims,',
    replace: '      requiredClaims,',
    test: 'packages/identity/src/access-token.test.ts',
    title: '',
  },
  {
    name: 'the checksum of a key is not looked at',
    file: 'packages/identity/src/key-form.ts',
    find: 'return checksum === checksumOf(text.slice(0, -6)) ? { mode, keyId, secret } : undefined;',
    replace: 'return checksum === checksumOf(text) ? undefined : { mode, keyId, secret };',
    test: 'packages/identity/src/api-key.test.ts',
    title: '',
  },
  {
    name: 'a secret that an old key sealed counts as sealed by the newest',
    file: 'packages/identity/src/vault.ts',
    find: 'isOutdated: id !== first }',
    replace: 'isOutdated: first === undefined }',
    test: 'packages/identity/src/vault.test.ts',
    title: 'says when another sealed it',
  },
];
