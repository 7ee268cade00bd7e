import { offeredMethods } from '@tenantry/domain/payment/methods';
import { refuse } from '@tenantry/domain/refusals';
import { describe, expect, it } from 'vitest';
import { createCheckout } from './create.ts';

describe('a checkout at a provider of card payments', () => {
  it.each(['stripe', 'paypal'] as const)(
    'is refused for %s, whatever the operator switched on',
    async (provider) => {
      for (const bankTransfer of [true, false])
        expect(await createCheckout({ paymentMethods: { bankTransfer } }, { provider })).toEqual(
          refuse('provider_disabled'),
        );
    },
  );

  it('is refused for exactly the ways to pay that are said to be coming soon', () => {
    const soon = offeredMethods({ bankTransfer: true }).filter(({ note }) => note === 'coming_soon');
    expect(soon.map(({ method }) => method)).toEqual(['stripe', 'paypal']);
  });
});
