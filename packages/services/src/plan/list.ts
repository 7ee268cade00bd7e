import { listPlans as findPlans } from '@tenantry/db/plan/queries';
import type { DirectoryContext } from '../context.ts';
import { planView } from './view.ts';

/** The plans on offer, cheapest first. */
export async function listPlans({ database }: DirectoryContext) {
  const plans = await database.withoutAccount.read({}, findPlans);
  return { items: plans.map(planView), nextCursor: null };
}
