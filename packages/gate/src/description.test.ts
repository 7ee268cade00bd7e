import { expect, it } from 'vitest';
import { describeTerms } from './description.ts';

it('says whom a procedure serves, what the account needs, and the rate', () => {
  const throttle = 'default';
  expect(
    describeTerms({ audience: 'tenant', scope: 'site:write', role: 'admin', feature: 'sites', throttle }),
  ).toBe(
    'For members in the role `owner` or `admin`, and for API keys with the scope `site:write`. The account must be active and its plan paid. The plan must include `sites`. Counts in the rate `default`.',
  );
  expect(describeTerms({ audience: 'tenant', scope: 'billing:write', standing: 'any', throttle })).toBe(
    'For members in the role `owner` or `admin`; no API key may call it. Works in an account of any standing. Counts in the rate `default`.',
  );
  expect(describeTerms({ audience: 'tenant', scope: 'site:read', person: true, throttle })).toContain(
    'no API key',
  );
  expect(describeTerms({ audience: 'staff', power: 'money:confirm', throttle })).toBe(
    'For staff in the role `finance`. Counts in the rate `default`.',
  );
  expect(describeTerms({ audience: 'person', throttle })).toMatch(/^For a person who is signed in/);
  expect(describeTerms({ audience: 'public', throttle })).toMatch(/^For anybody/);
});
