import { describe, expect, it } from 'vitest';
import { addressOf, bearerOf, isAccountId } from './presented.ts';

describe('the credential of a request', () => {
  it.each([['Bearer tny_live_a_b'], ['bearer tny_live_a_b'], ['BEARER tny_live_a_b']])(
    'is its bearer token: %s',
    (value) => {
      expect(bearerOf([value])).toBe('tny_live_a_b');
    },
  );

  it.each([
    [[]],
    [['']],
    [['Bearer ']],
    [['Bearer  two']],
    [['Bearer one two']],
    [['Basic dXNlcg==']],
    [['tny_live_a_b']],
    [['Bearer one, Bearer two']],
    [['Bearer one,Bearer']],
    [['Bearer one', 'Bearer two']],
    [['Bearer one', 'Bearer one']],
    [['Bearer é']],
    [['Bearer one\nx: y']],
    [[`Bearer ${'x'.repeat(8193)}`]],
  ])('is missing where there is not exactly one: %j', (values) => {
    expect(bearerOf(values)).toBeUndefined();
  });
});

describe('the address of a client', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::1', '::1'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('is what the framework tells: %s', (value, address) => {
    expect(addressOf(value)).toBe(address);
  });

  it.each([
    undefined,
    '',
    'unknown',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    '1.2.3.4:80',
    '[::1]',
    ':::',
    'a/:b',
    '1.2.3.4, 5.6.7.8',
    '::1 x',
  ])('is missing where it is none: %s', (value) => {
    expect(addressOf(value)).toBeUndefined();
  });
});

describe('the account that a request names', () => {
  it.each([
    ['01890a5d-ac96-774b-bcce-b302099a8057', true],
    ['01890A5D-AC96-774B-BCCE-B302099A8057', true],
    ['customer-1', false],
    ['', false],
    ['01890a5d-ac96-774b-bcce-b302099a8057, 01890a5d-ac96-774b-bcce-b302099a8057', false],
  ])('is one UUID: %s %s', (value, is) => {
    expect(isAccountId(value)).toBe(is);
  });
});
