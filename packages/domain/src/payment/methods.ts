import { type Refusal, refuse } from '../refusals.ts';
import { type PaymentMethod, paymentMethods } from '../standing.ts';

/** The ways to pay that are at a provider of card payments. */
export const cardProviders = ['stripe', 'paypal'] as const satisfies readonly PaymentMethod[];

/** Why a way to pay is not offered now. */
export const methodNotes = ['coming_soon', 'switched_off'] as const;

/** A way to pay, and whether it is offered now. */
export interface OfferedMethod {
  method: PaymentMethod;
  available: boolean;
  note: (typeof methodNotes)[number] | null;
}

/** Every way to pay. Card providers are coming soon; a bank transfer is offered unless the operator switched it off. */
export function offeredMethods({ bankTransfer }: { bankTransfer: boolean }): OfferedMethod[] {
  return paymentMethods.map((method) => {
    if (method !== 'bank_transfer') return { method, available: false, note: 'coming_soon' };
    return { method, available: bankTransfer, note: bankTransfer ? null : 'switched_off' };
  });
}

/** Refuses `provider_disabled` for a way to pay that is not offered now. */
export function refusalIfNotOffered(
  method: PaymentMethod,
  settings: { bankTransfer: boolean },
): Refusal<'provider_disabled'> | undefined {
  const isOffered = offeredMethods(settings).some((one) => one.method === method && one.available);
  return isOffered ? undefined : refuse('provider_disabled');
}

/** Refuses `provider_disabled` for a bank transfer that the operator switched off. */
export function refusalIfSwitchedOff(
  method: PaymentMethod | undefined,
  { bankTransfer }: { bankTransfer: boolean },
): Refusal<'provider_disabled'> | undefined {
  return method === 'bank_transfer' && !bankTransfer ? refuse('provider_disabled') : undefined;
}
