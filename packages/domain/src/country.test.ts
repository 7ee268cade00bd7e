import { describe, expect, it } from 'vitest';
import { isCountry } from './country.ts';

describe('the code of a country', () => {
  it.each(['DE', 'US', 'GB', 'GR', 'JP', 'KW', 'TW', 'XK', 'ZW', 'AD'])('is %s', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  // A country's tax ids and its domain may begin with other letters than its code.
  it.each(['UK', 'EL', 'EU', 'XI', 'SU', 'ZZ', 'XX', 'de', 'D', 'DEU', '', ' ', 'DE FR'])(
    'is not %j',
    (code) => {
      expect(isCountry(code)).toBe(false);
    },
  );
});
