import { expect, test } from 'vitest';
import { quotedName } from './quoted-name.ts';

test.each([
  ['Example Ltd', '“Example Ltd”'],
  ['St. Gallen & Co.', '“St. Gallen & Co.”'],
  ['evil.example', '“evil[.]example”'],
  ['www.evil.example/login', '“www[.]evil[.]example/login”'],
  ['https://evil.example', '“https[:]//evil[.]example”'],
  ['tel:+15550100', '“tel[:]+15550100”'],
  ['ada@evil.example', '“ada[@]evil[.]example”'],
  ['evil。example', '“evil[。]example”'],
  ['\\\\evil\\share', '“\\[\\]evil[\\]share”'],
  ['a..b', '“a[.][.]b”'],
  ['Ltd\r\n\r\nSign in at evil\u200b.example', '“Ltd Sign in at evil[.]example”'],
  ['a\u202eb\u2028c\u2067', '“ab c”'],
  ['Ltd". Your account is closed: call', "“Ltd'. Your account is closed: call”"],
  ['Ltd”', "“Ltd'”"],
  ['👨‍👩‍👧'.repeat(81), `“${'👨‍👩‍👧'.repeat(79)}…”`],
])('%s is quoted as %s', (name, quoted) => {
  expect(quotedName(name)).toBe(quoted);
});
