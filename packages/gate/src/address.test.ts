import { describe, expect, it } from 'vitest';
import { addressBlock, allowsAddress } from './address.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['::FFFF:a00:7', '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['unknown', 'unknown'],
    ['0x7f.1', '0x7f.1'],
    ['', ''],
  ])('%s counts as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });
});

describe('a list of allowed addresses', () => {
  it('allows every address when it is empty', () => {
    expect(allowsAddress([], 'unknown')).toBe(true);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.99/24', '192.0.2.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
    ['::ffff:192.0.2.7', '192.0.2.7', true],
    ['::ffff:192.0.2.0/120', '192.0.2.1', true],
    ['::ffff:192.0.2.0/120', '192.0.3.1', false],
    ['::ffff:0.0.0.0/90', '192.0.2.1', false],
    ['2001:db8::/32', '2001:DB8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['::/0', '192.0.2.1', false],
    ['192.0.2.0/24', '0xc0.0.2.1', false],
    ['192.0.2.0/24', 'unknown', false],
  ])('%s: %s is allowed: %s', (entry, address, allowed) => {
    expect(allowsAddress([entry], address)).toBe(allowed);
    expect(allowsAddress(['198.51.100.1', entry], address)).toBe(allowed);
  });

  it('throws for an entry that is neither an address nor a block', () => {
    expect(() => allowsAddress(['office'], '192.0.2.1')).toThrow();
  });
});
