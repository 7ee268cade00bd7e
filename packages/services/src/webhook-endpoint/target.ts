import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { WebhookTargets } from '../ports.ts';

/** Refuses `invalid_input` for a URL that no webhook may be sent to, and says why. */
export function refusalIfTarget(
  targets: Pick<WebhookTargets, 'faultOf'>,
  url: string,
): Refusal<'invalid_input'> | undefined {
  const message = targets.faultOf(url);
  return message === undefined ? undefined : refuse('invalid_input', { errors: [{ path: 'url', message }] });
}
