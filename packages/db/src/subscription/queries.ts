import type { Plan } from '@tenantry/domain/plans';
import { getPlan } from '../plan/queries.ts';
import type { Records } from '../transact.ts';
import { Subscription } from './entity.ts';

/** The account's one subscription. */
export function getSubscription({ em, accountId }: Records): Promise<Subscription> {
  return em.findOneOrFail(Subscription, { accountId });
}

/** The plan version that the account's subscription was sold with. */
export async function getPlanOfAccount(records: Records): Promise<Plan> {
  const { planId } = await getSubscription(records);
  return getPlan(records.em, planId);
}

/** Writes the account's subscription. */
export async function insertSubscription(
  { em, accountId }: Records,
  facts: Pick<Subscription, 'id' | 'planId' | 'status' | 'paymentMethod' | 'periodStart' | 'periodEnd'>,
): Promise<void> {
  await em.insert(Subscription, { accountId, ...facts, version: 1 });
}
