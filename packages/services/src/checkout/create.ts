import type { CreateCheckoutInput } from '@tenantry/contract/checkout';
import { refusalIfNotOffered } from '@tenantry/domain/payment/methods';
import type { Refusal } from '@tenantry/domain/refusals';
import type { Ports } from '../context.ts';

/**
 * Begins a payment at a provider of card payments. Refuses `provider_disabled` for a provider that is not offered, which is
 * each of them until there is an adapter of it. Throws for one that is offered without an adapter.
 */
export async function createCheckout(
  { paymentMethods }: Pick<Ports, 'paymentMethods'>,
  { provider }: CreateCheckoutInput,
): Promise<{ redirectUrl: string } | Refusal<'provider_disabled'>> {
  const notOffered = refusalIfNotOffered(provider, paymentMethods);
  if (notOffered !== undefined) return notOffered;
  throw new Error(`${provider} is offered, and nothing here speaks to it.`);
}
