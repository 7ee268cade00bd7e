import { describe, expect, it } from 'vitest';
import { asciiHostname, isAsciiHostname, normaliseDomain } from './hostname.ts';

describe('a domain', () => {
  it.each([
    ['tea.example', 'tea.example'],
    ['TEA.Example', 'tea.example'],
    [' tea.example ', 'tea.example'],
    ['tea.example.', 'tea.example'],
    ['https://Tea.Example/', 'tea.example'],
    ['HTTP://tea.example:80/', 'tea.example'],
    ['https://tea.example:443', 'tea.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['faß.example', 'xn--fa-hia.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['ｔｅａ．ｅｘａｍｐｌｅ', 'tea.example'],
  ])('%j is spelled %s', (given, domain) => {
    expect(normaliseDomain(given)).toBe(domain);
    expect(normaliseDomain(domain)).toBe(domain);
    expect(isAsciiHostname(domain)).toBe(true);
  });

  it.each([
    '',
    'localhost',
    'tea.example:8080',
    'https://tea.example:80',
    'https://tea.example/blog',
    'https://ada@tea.example',
    'ftp://tea.example',
    'tea.example?x',
    'tea.example#x',
    '%74ea.example',
    'tea .example',
    'te\na.example',
    'te\ta.example',
    'tea..example',
    '.tea.example',
    'tea.example..',
    '-tea.example',
    'tea-.example',
    'te_a.example',
    'te<a.example',
    '[::1]',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    '\ud800.example',
  ])('%j is none', (given) => {
    expect(isAsciiHostname(normaliseDomain(given))).toBe(false);
    expect(asciiHostname(given)).toBeUndefined();
  });
});
