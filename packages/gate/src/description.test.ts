import { expect, it } from 'vitest';
import { describeTerms } from './description.ts';

it('says whom a procedure serves, what the account needs, and the rate', () => {
  const throttle = 'default';
  expect(
    describeTerms(
      { audience: 'tenant', scope: 'site:write', role: 'admin', feature: 'sites', reach: 'sites', throttle },
      'mutation',
    ),
  ).toBe(
    'For members in the role `owner` or `admin`, and for API keys and service keys with the scope `site:write`. The account must be active and its plan paid. The plan must include `sites`. Counts in the rate `default`.',
  );
  expect(
    describeTerms({ audience: 'tenant', scope: 'billing:write', standing: 'any', throttle }, 'mutation'),
  ).toBe(
    'For members in the role `owner` or `admin`; no key may call it. Works in an account of any standing. Counts in the rate `default`.',
  );
  expect(
    describeTerms({ audience: 'tenant', scope: 'site:read', person: true, throttle }, 'query'),
  ).toContain('no key');
  expect(describeTerms({ audience: 'staff', power: 'money:confirm', throttle }, 'mutation')).toBe(
    'For staff in the role `finance`. Counts in the rate `default`.',
  );
  expect(describeTerms({ audience: 'person', throttle }, 'query')).toMatch(/^For a person who is signed in/);
  expect(describeTerms({ audience: 'public', throttle }, 'query')).toMatch(/^For anybody/);
});

it('says who is refused because they are limited to sites, where anybody whom it serves can be', () => {
  const isSaid = (terms: object, type: 'query' | 'mutation') =>
    describeTerms(
      { audience: 'tenant', scope: 'account:write', throttle: 'default', ...terms },
      type,
    ).includes('Nobody who is limited to sites may call it.');
  expect(isSaid({}, 'mutation')).toBe(true);
  expect(isSaid({ reach: 'account' }, 'query')).toBe(true);
  expect(isSaid({ reach: 'sites' }, 'mutation')).toBe(false);
  expect(isSaid({}, 'query')).toBe(false);
  expect(isSaid({ scope: 'member:write' }, 'mutation')).toBe(false);
});
