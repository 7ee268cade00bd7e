import type { Transaction } from '../transaction.ts';
import type { Plan as PlanFacts } from '@tenantry/domain/plans';
import { Plan, planFacts } from './entity.ts';

/** The newest listed version of a plan that anybody may choose. */
export async function findSellablePlan({ em }: Transaction, slug: string): Promise<PlanFacts | undefined> {
  const row = await em.findOne(
    Plan,
    { slug, state: 'listed', internal: false },
    { orderBy: { planVersion: 'desc' } },
  );
  return row === null ? undefined : planFacts(row);
}

/**
 * The version of a plan that is sold to whoever has a version of it: their own, or the one that they move to when they
 * renew. Undefined when it was withdrawn.
 */
export async function findRenewedPlan({ em }: Transaction, ownId: string): Promise<PlanFacts | undefined> {
  const own = await em.findOneOrFail(Plan, { id: ownId });
  const row = own.renewsAs == null ? own : await em.findOneOrFail(Plan, { id: own.renewsAs });
  return row.state === 'withdrawn' ? undefined : planFacts(row);
}

/** The newest version of a plan that is not withdrawn, whether or not anybody may still choose it. */
export async function findNewestPlan({ em }: Transaction, slug: string): Promise<PlanFacts | undefined> {
  const row = await em.findOne(
    Plan,
    { slug, state: { $ne: 'withdrawn' } },
    { orderBy: { planVersion: 'desc' } },
  );
  return row === null ? undefined : planFacts(row);
}

/** A plan version that a row refers to. */
export async function getPlan({ em }: Transaction, id: string): Promise<PlanFacts> {
  return planFacts(await em.findOneOrFail(Plan, { id }));
}

/** The newest version of each listed plan, cheapest first. */
export async function listPlans({ em }: Transaction): Promise<PlanFacts[]> {
  const rows = await em.find(
    Plan,
    { state: 'listed', internal: false },
    { orderBy: { priceAmount: 'asc', slug: 'asc', planVersion: 'desc' } },
  );
  const newest = new Map<string, Plan>();
  for (const row of rows) if (!newest.has(row.slug)) newest.set(row.slug, row);
  return [...newest.values()].map(planFacts);
}
