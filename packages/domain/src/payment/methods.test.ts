import { describe, expect, it } from 'vitest';
import { offeredMethods } from './methods.ts';

describe('the ways to pay', () => {
  it('are a bank transfer, unless the operator switched it off, and card providers that are coming soon', () => {
    const cards = [
      { method: 'stripe', available: false, note: 'coming_soon' },
      { method: 'paypal', available: false, note: 'coming_soon' },
    ];
    expect(offeredMethods({ bankTransfer: true })).toEqual([
      ...cards,
      { method: 'bank_transfer', available: true, note: null },
    ]);
    expect(offeredMethods({ bankTransfer: false })).toEqual([
      ...cards,
      { method: 'bank_transfer', available: false, note: 'switched_off' },
    ]);
  });
});
