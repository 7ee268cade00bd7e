import type { Invoice } from '@tenantry/db/billing/entity';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/** Refuses `payment_state` with the reason why an invoice takes no payment: it is paid, or why it is void. */
export function whyClosed({ status, voidReason }: Invoice): Refusal<'payment_state'> {
  return refuse('payment_state', { reason: voidReason ?? status });
}
