import { describe, expect, it } from 'vitest';
import { isAllowedAddress } from './address.ts';

describe('an address that webhooks may be sent to', () => {
  it.each([
    '93.184.216.34',
    '1.1.1.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '::ffff:93.184.216.34',
  ])('is a public one: %s', (address) => {
    expect(isAllowedAddress(address, false)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:a00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    '4000::1',
    'e000::1',
    'localhost',
    '0x7f.1',
    '2130706433',
    '',
  ])('is not %s', (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
  });

  it('is one of this machine where a demo allows that, and still no other local one', () => {
    expect(
      ['127.0.0.1', '127.0.0.2', '::1', '::ffff:127.0.0.1'].every((one) => isAllowedAddress(one, true)),
    ).toBe(true);
    for (const other of ['0.0.0.0', '10.0.0.1', '169.254.169.254', 'fd00::1', '::'])
      expect(isAllowedAddress(other, true)).toBe(false);
  });
});
