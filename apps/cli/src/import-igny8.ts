import { storedCatalogue } from '@tenantry/db/catalogue/apply';
import { openFailpoint } from '@tenantry/db/failpoint';
import { type OldPlan, type OldSource, withOldSource } from '@tenantry/db/igny8/source';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { writeCatalogue } from '@tenantry/catalogue/write';
import type { OwnerConfig } from '@tenantry/config/cli';
import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { minorUnits } from '@tenantry/domain/currency';
import { defaultThrottleRates, features } from '@tenantry/domain/plans';
import { openMemberIdentity } from '@tenantry/identity/port';
import { importSource } from '@tenantry/services/igny8/import-source';
import type { ImportReport } from '@tenantry/services/igny8/report';

/** What an import is told besides its source. */
export interface ImportOptions {
  isApplied: boolean;
  /** The slug that a plan of the source has in the catalogue, where it is another. */
  planSlugs: ReadonlyMap<string, string>;
}

/** The plans that accounts of the source have and the catalogue lacks. */
async function missingPlans(
  { ownerUrl }: Pick<OwnerConfig, 'ownerUrl'>,
  source: OldSource,
  planSlugs: ReadonlyMap<string, string>,
): Promise<{ missing: OldPlan[]; catalogue: Catalogue }> {
  const catalogue = await storedCatalogue(ownerUrl);
  const has = (slug: string) =>
    catalogue.plans[slug] !== undefined && catalogue.plans[slug].state !== 'withdrawn';
  const plans = await source.plans();
  return { catalogue, missing: plans.filter(({ slug }) => !has(planSlugs.get(slug) ?? slug)) };
}

const planLine = ({ slug, name, price, cycle, credits, users, sites, accounts }: OldPlan) =>
  `  ${slug} (${name}): ${price} ${cycle}, ${credits} credits, ${users} users, ${sites} sites; ${accounts} accounts`;

/**
 * Brings a database of igny8, or rehearses it. Throws before it writes anything when a plan is missing, and names each.
 */
export function importIgny8(
  config: OwnerConfig,
  url: string,
  { now, ...options }: ImportOptions & { now: Date },
): Promise<ImportReport> {
  return withOldSource(url, async (source) => {
    const { missing } = await missingPlans(config, source, options.planSlugs);
    if (missing.length > 0)
      throw new Error(
        [
          'the catalogue lacks plans that accounts of the source have:',
          ...missing.map(planLine),
          'Nothing is brought. --catalogue USD prints a catalogue with them; --plan old=new names the plan that stands for one.',
        ].join('\n'),
      );
    const database = openDatabase(await openOrm(config.ownerUrl, 1), openFailpoint(config.failpoint));
    const actor = { kind: 'system', job: 'import-igny8' } as const;
    try {
      const { isApplied, planSlugs } = options;
      const call = { actor, requestId: newId(), now };
      return await importSource({ ...call, database, identity: openMemberIdentity(), planSlugs }, source, {
        isApplied,
      });
    } finally {
      await database.close();
    }
  });
}

/** The catalogue of the database with the plans that are missing, in one currency, as a file to look over and apply. */
export function catalogueWithPlans(
  config: Pick<OwnerConfig, 'ownerUrl'>,
  url: string,
  { currency, planSlugs }: { currency: string; planSlugs: ReadonlyMap<string, string> },
): Promise<string> {
  return withOldSource(url, async (source) => {
    const { missing, catalogue } = await missingPlans(config, source, planSlugs);
    const plans = Object.fromEntries(missing.map((plan) => [plan.slug, planOf(plan, currency)]));
    return writeCatalogue({ ...catalogue, plans: { ...catalogue.plans, ...plans } });
  });
}

function planOf(
  { slug, name, price, cycle, credits, users, sites }: OldPlan,
  currency: string,
): CataloguePlan {
  const [whole = '', fraction = ''] = price.split('.');
  const amount = minorUnits(whole, fraction, currency);
  if (amount === undefined)
    throw new Error(`the plan ${slug} costs ${price}, which is no amount of ${currency}`);
  return {
    name,
    state: 'unlisted',
    internal: false,
    price: { amount, currency },
    cycle: cycle === 'annual' ? 'annual' : 'monthly',
    credits,
    rolloverCreditsMax: 0,
    purchaseDays: null,
    trialDays: 0,
    graceDays: 7,
    features,
    limits: { users, sites, sectorsPerSite: 5, apiKeys: 10 },
    throttle: defaultThrottleRates,
  };
}
