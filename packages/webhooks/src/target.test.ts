import { describe, expect, it } from 'vitest';
import { faultOfTarget } from './target.ts';

describe('the URL of an endpoint', () => {
  it.each([
    'https://hooks.example.com/tenantry?source=a',
    'https://hooks.example.com:8443/',
    'https://hooks.example.com:443/',
    'https://93.184.216.34/hook',
    'https://[2606:4700:4700::1111]/hook',
    'https://xn--bcher-kva.example/hook',
    'https://hooks.example.com./hook',
  ])('may be %s', (url) => {
    expect(faultOfTarget(url, false)).toBeUndefined();
  });

  it.each([
    ['http://hooks.example.com/', 'must begin with https://'],
    ['ftp://hooks.example.com/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://user:secret@hooks.example.com/', 'must not hold a user name or a password'],
    ['https://user@hooks.example.com/', 'must not hold a user name or a password'],
    ['https://hooks.example.com/#part', 'must not hold a fragment'],
    ['https://hooks.example.com:22/', 'must have the port 443 or one from 1024'],
    ['https://hooks.example.com:80/', 'must have the port 443 or one from 1024'],
    ['https://hooks.example.com:0/', 'must have the port 443 or one from 1024'],
    ['https://localhost/', 'must name a host of the internet'],
    ['https://app.localhost/', 'must name a host of the internet'],
    ['https://database/', 'must name a host of the internet'],
    ['https://database.internal./', 'must name a host of the internet'],
    ['https://printer.local/', 'must name a host of the internet'],
    ['https://127.0.0.1/', 'must name a host of the internet'],
    ['https://0x7f.1/', 'must name a host of the internet'],
    ['https://2130706433/', 'must name a host of the internet'],
    ['https://0177.0.0.1/', 'must name a host of the internet'],
    ['https://127.1/', 'must name a host of the internet'],
    ['https://[::1]/', 'must name a host of the internet'],
    ['https://[::ffff:7f00:1]/', 'must name a host of the internet'],
    ['https://169.254.169.254/latest/meta-data', 'must name a host of the internet'],
    ['https://①②⑦.⓪.⓪.①/', 'must name a host of the internet'],
    ['not a url', 'is not a URL'],
    ['https://', 'is not a URL'],
    [`https://hooks.example.com/${'a'.repeat(2000)}`, 'has more than 2000 characters'],
  ])('is not %s, which %s', (url, fault) => {
    expect(faultOfTarget(url, false)).toBe(fault);
  });

  it('may be http:// on this machine where a demo allows that, and nowhere else', () => {
    for (const url of [
      'http://127.0.0.1:4100/',
      'http://localhost:4100/',
      'http://[::1]:4100/',
      'https://localhost:4100/',
    ])
      expect(faultOfTarget(url, true)).toBeUndefined();
    for (const url of ['http://10.0.0.1:4100/', 'http://hooks.example.com/', 'http://0.0.0.0:4100/'])
      expect(faultOfTarget(url, true)).toBe('must begin with https://');
    expect(faultOfTarget('http://127.0.0.1:22/', true)).toBe('must have the port 443 or one from 1024');
  });
});
