import { expect, test } from 'vitest';
import { isEmail, mailboxOf, normaliseEmail } from './email.ts';

test.each([
  [' Ada@Example.COM ', 'ada@example.com'],
  ['ａｄａ＠example．com', 'ada@example.com'],
  ['\u00a0ada@example.com\u3000', 'ada@example.com'],
  ['e\u0301lan@example.com', '\u00e9lan@example.com'],
  ['ada@B\u00dcCHER.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
  ['ada@XN--BCHER-KVA.Example', 'ada@xn--bcher-kva.example'],
  ['\u03bb@\u03a0\u0391\u03a1\u0386\u0394\u0395\u0399\u0393\u039c\u0391.gr', '\u03bb@xn--hxajbheg2az3al.gr'],
])('%j is the address %j', (text, address) => {
  expect(normaliseEmail(text)).toBe(address);
  expect(isEmail(normaliseEmail(text))).toBe(true);
});

test('normalising twice changes nothing', () => {
  for (const text of ['İ@X.com', 'ﬁ@x.com', 'Ω@x.com', 'K@x.com', 'ẞ@x.com', '\u1e9b\u0323@x.com']) {
    expect(normaliseEmail(normaliseEmail(text))).toBe(normaliseEmail(text));
  }
});

test.each(['ada+tag@example.co.uk', "o'hara@x-y.org", 'a@b.c', 'λ@παράδειγμα.gr'])(
  '%s is an address',
  (text) => {
    expect(isEmail(normaliseEmail(text))).toBe(true);
  },
);

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['ada+one@example.com', 'ada@example.com'],
  ['ada+one+two@example.com', 'ada@example.com'],
  ['+ada@example.com', '+ada@example.com'],
  ['ada', 'ada'],
])('%s is delivered to the mailbox %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
  expect(mailboxOf(mailbox)).toBe(mailbox);
});

test.each([
  '',
  '@',
  'ada',
  'ada@',
  '@example.com',
  'ada@example',
  'ada@@example.com',
  'ada@exa mple.com',
  'ada lovelace@example.com',
  'ada@example..com',
  'ada@-example.com',
  'ada@example.com.',
  '.ada@example.com',
  'a..da@example.com',
  'ada@example.com\r\nBcc: eve@example.com',
  'ada\u0000@example.com',
  'ada@example.com,eve@example.com',
  '<ada@example.com>',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a.'.repeat(130)}com`,
  `ada@${'a'.repeat(64)}.com`,
  '\ud800@example.com',
])('%j is no address', (text) => {
  expect(isEmail(text)).toBe(false);
  expect(isEmail(normaliseEmail(text))).toBe(false);
});
