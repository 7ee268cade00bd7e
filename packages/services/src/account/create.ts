import type { CreateAccountInput } from '@tenantry/contract/new-account';
import { newId } from '@tenantry/db/ids';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { trialSlug } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { newAccountView, openAccount } from '../registration/create.ts';

/**
 * Makes one more account of a signed-in person, who becomes its owner. A person's trial comes once: where they had it,
 * the trial of the new account is over, without credits, and it waits for a paid plan. Refuses `not_found` for a plan
 * that is not sold.
 */
export async function createAccount(
  { commitInAccount, actor, sessionCache }: PersonContext<'sessionCache'>,
  { name, planSlug = trialSlug, paymentMethod }: CreateAccountInput,
) {
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const made = await commitInAccount(newId(), async (tx) => {
    const plan = await findSellablePlan(tx, planSlug);
    if (plan === undefined) return refuse('not_found');
    await openAccount(tx, { name, paymentMethod }, { plan, userId, action: 'account.create' });
    return newAccountView(tx);
  });
  sessionCache.forgetMemberships(userId);
  return made;
}
