import { describe, expect, it } from 'vitest';
import { defaultThrottleRates, faultsOfThrottleRates, settlesPerHoldMin, throttleScopes } from './plans.ts';

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
