import { describe, expect, it } from 'vitest';
import {
  defaultThrottleRates,
  faultsOfThrottleRates,
  limitsOf,
  refusalIfNamedLimitReached,
  settlesPerHoldMin,
  throttleScopes,
} from './plans.ts';
import { refuse } from './refusals.ts';

describe('the throttle rates of a plan', () => {
  it('are right by default', () => {
    expect(faultsOfThrottleRates(defaultThrottleRates)).toEqual([]);
  });

  it.each(throttleScopes)('need a whole number of at least 1 for %s', (scope) => {
    const { [scope]: _left, ...rest } = defaultThrottleRates;
    const fault = `The rate of ${scope} is not a whole number of at least 1.`;
    expect(faultsOfThrottleRates(rest)).toEqual([fault]);
    for (const rate of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(faultsOfThrottleRates({ ...rest, [scope]: rate })).toEqual([fault]);
  });

  it('allow every hold of a window to be settled, with what is held for the default life before it', () => {
    const rates = { ...defaultThrottleRates, credit_hold: 10, credit_settle: 10 * settlesPerHoldMin };
    expect(faultsOfThrottleRates(rates)).toEqual([]);
    expect(faultsOfThrottleRates({ ...rates, credit_settle: 319 })).toEqual([
      'The rate of credit_settle is 319, and with 10 holds a minute it must be 320.',
    ]);
  });
});

describe('the limits of a plan by name', () => {
  const limits = { usersMax: 1, sitesMax: 2, sectorsPerSiteMax: 3, apiKeysMax: 4 };
  const plan = { limits, ownLimits: { projects: 7, seats: 0 } };

  it('are the built-in ones, its own, and none of what the catalogue declares and it does not have', () => {
    expect(Object.fromEntries(limitsOf(plan, ['projects', 'exports']))).toEqual({
      users: 1,
      sites: 2,
      sectorsPerSite: 3,
      apiKeys: 4,
      projects: 7,
      seats: 0,
      exports: 0,
    });
  });

  it('are the built-in ones where the plan has its own of that name', () => {
    expect(limitsOf({ limits, ownLimits: { sites: 99 } }).get('sites')).toBe(2);
  });

  it('refuse one more with the figures, and allow what is below', () => {
    expect(refusalIfNamedLimitReached(plan, 'projects', 6)).toBeUndefined();
    expect(refusalIfNamedLimitReached(plan, 'projects', 7)).toEqual(
      refuse('plan_limit_reached', { limit: 7, used: 7 }),
    );
    expect(refusalIfNamedLimitReached(plan, 'sites', 2)).toEqual(
      refuse('plan_limit_reached', { limit: 2, used: 2 }),
    );
  });

  it.each(['unknown', 'constructor', '__proto__', 'toString', ''])('allow none of %s', (name) => {
    expect(refusalIfNamedLimitReached(plan, name, 0)).toEqual(
      refuse('plan_limit_reached', { limit: 0, used: 0 }),
    );
  });
});
