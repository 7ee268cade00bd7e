import type { TotpCodeInput } from '@tenantry/contract/totp';
import { deleteSecondFactor, findSecondFactor } from '@tenantry/db/second-factor/queries';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { guarded } from '../session/guard.ts';
import { checkSecondFactor } from './check.ts';

/** Takes the authenticator app away, with a code of it or a recovery code. Refuses `conflict`, `unauthenticated`, `throttled`. */
export async function disableTotp(
  flow: Flow,
  identity: Identity,
  { userId, code }: TotpCodeInput & { userId: string },
): Promise<object | Refusal<'conflict' | 'unauthenticated' | 'throttled'>> {
  const factor = await findSecondFactor(flow.database, userId);
  if (factor === undefined) return refuse('conflict');
  const proven = await guarded(flow, identity.digestText(`${userId} second factor`), async () => {
    const passed = !factor.isConfirmed || (await checkSecondFactor(flow, identity, userId, factor, code));
    return passed ? {} : refuse('unauthenticated');
  });
  if (isRefusal(proven)) return proven;
  await deleteSecondFactor(flow.database, userId);
  return {};
}
