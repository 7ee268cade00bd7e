import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { providerReasons } from '@tenantry/domain/run/finish';

/** After how many seconds a run is tried again, where the provider does not say. */
const retryAfterSecondsDefault = 5;

/**
 * The refusal of a run whose provider failed: `provider_refused` with the reason when it takes no such input, otherwise
 * `provider_unavailable` with the time to wait that it asks for. The port has logged the failure.
 */
export function refusalOfFailure(fault: unknown): Refusal<'provider_refused' | 'provider_unavailable'> {
  const named = fieldOf(fault, 'reason');
  const reason = providerReasons.find((one) => one === named);
  if (fieldOf(fault, 'kind') === 'refused')
    return refuse('provider_refused', { reason: reason ?? 'invalid_request' });
  const asked = fieldOf(fault, 'retryAfterSeconds');
  const retryAfterSeconds = typeof asked === 'number' ? asked : retryAfterSecondsDefault;
  return refuse('provider_unavailable', { retryAfterSeconds });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
