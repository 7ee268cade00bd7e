import { deleteSecondFactor, findSecondFactor } from '@tenantry/db/second-factor/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { checkSecondFactor } from './check.ts';

/** Takes the authenticator app away, with a code of it or a recovery code. Refuses `conflict`, `unauthenticated`. */
export async function disableTotp(
  flow: Flow,
  identity: Identity,
  { userId, code }: { userId: string; code: string },
): Promise<object | Refusal<'conflict' | 'unauthenticated'>> {
  const factor = await findSecondFactor(flow.database, userId);
  if (factor === undefined) return refuse('conflict');
  if (factor.isConfirmed && !(await checkSecondFactor(flow, identity, userId, factor, code)))
    return refuse('unauthenticated');
  await deleteSecondFactor(flow.database, userId);
  return {};
}
