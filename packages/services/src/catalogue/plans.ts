import { type PlanVersionRow, listPlanVersions } from '@tenantry/db/plan/versions';
import type { DirectoryContext } from '../context.ts';

/** Every plan with its versions, and how many accounts are on each; by name. */
export async function listPlansForStaff({ database, now }: Pick<DirectoryContext, 'database' | 'now'>) {
  const versions = await database.withoutAccount.read({}, (tx) => listPlanVersions(tx, now));
  const plans = new Map<string, PlanVersionRow[]>();
  for (const version of versions) plans.set(version.slug, [...(plans.get(version.slug) ?? []), version]);
  const items = [...plans].map(([slug, ofPlan]) => ({
    slug,
    accounts: ofPlan.reduce((sum, { accounts }) => sum + accounts, 0),
    versions: ofPlan.map(({ slug: _slug, amount, currency, ...version }) => ({
      ...version,
      price: { amount, currency },
    })),
  }));
  return { items, nextCursor: null };
}
