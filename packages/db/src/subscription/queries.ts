import type { Plan } from '@tenantry/domain/plans';
import { getPlan } from '../plan/queries.ts';
import type { AccountTransaction } from '../transaction.ts';
import { Subscription } from './entity.ts';

/** The account's one subscription. */
export function getSubscription({ em, accountId }: AccountTransaction): Promise<Subscription> {
  return em.findOneOrFail(Subscription, { accountId });
}

/** The plan version that the account's subscription was sold with. */
export async function getPlanOfAccount(tx: AccountTransaction): Promise<Plan> {
  const { planId } = await getSubscription(tx);
  return getPlan(tx, planId);
}

/** Writes the account's subscription. */
export async function insertSubscription(
  { em, accountId }: AccountTransaction,
  facts: Pick<Subscription, 'id' | 'planId' | 'status' | 'paymentMethod' | 'periodStart' | 'periodEnd'>,
): Promise<void> {
  await em.insert(Subscription, { accountId, ...facts, version: 1 });
}
