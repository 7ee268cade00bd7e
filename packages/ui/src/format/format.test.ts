import { describe, expect, it } from 'vitest';
import { formatMoney } from './money.ts';
import { formatChange, formatNumber } from './number.ts';
import { formatDistance, formatTime, formatUtc } from './time.ts';
import { formatWords } from './words.ts';

/** The text with ordinary spaces, where a language writes narrow or fixed ones. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('money and credits', () => {
  it('have the digits of their currency and not of the language', () => {
    const written = (['USD', 'JPY', 'KWD', 'UGX'] as const).map((currency) =>
      plain(formatMoney(1234, currency, 'en')),
    );
    expect(written).toEqual(['USD 12.34', 'JPY 1,234', 'KWD 1.234', 'UGX 1,234']);
    expect(plain(formatMoney(-890_000, 'EUR', 'de'))).toBe('-8.900,00 EUR');
  });

  it('have separators, and a sign where they are a change', () => {
    expect([formatNumber(1_234_567, 'en'), formatChange(1000, 'en'), formatChange(0, 'en')]).toEqual([
      '1,234,567',
      '+1,000',
      '0',
    ]);
  });
});

describe('times', () => {
  it('are written in the zone of the viewer, and in UTC', () => {
    const at = '2026-11-29T23:05:07.000Z';
    expect(plain(formatTime(at, { language: 'en-GB', timeZone: 'Asia/Tokyo' }))).toBe('30 Nov 2026, 08:05');
    expect(formatUtc(at)).toBe('2026-11-29 23:05:07 UTC');
  });

  it('are written as a distance in the largest unit that is whole', () => {
    const now = new Date('2026-11-29T12:00:00Z');
    const written = [
      '2026-11-29T11:59:40Z',
      '2026-11-29T10:30:00Z',
      '2026-12-02T12:00:00Z',
      '2025-11-29T12:00:00Z',
    ];
    expect(written.map((at) => formatDistance(at, now, { language: 'en' }))).toEqual([
      'now',
      '1 hour ago',
      'in 3 days',
      'last year',
    ]);
  });
});

it('a value of a list is written as words', () => {
  expect(formatWords('pending_approval')).toBe('Pending approval');
});
