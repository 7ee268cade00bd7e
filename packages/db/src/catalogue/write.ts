import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import type { CatalogueChange } from '@tenantry/domain/catalogue/changes';
import type { PriceTerms } from '@tenantry/domain/credit/price';
import { newId } from '../ids.ts';
import { withdrawOperations, writeOperations } from '../operation/write.ts';
import { Plan } from '../plan/entity.ts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { CreditPackage, Issuer, OwnFeature, OwnLimit, Payee } from './entity.ts';

type Changes = readonly Pick<CatalogueChange, 'part' | 'name' | 'change'>[];

/** What is written, when, and who is told when a part is written. */
interface Writing {
  changes: Changes;
  now: Date;
  written: () => void | Promise<void>;
}

/**
 * Writes changes, with a few statements for each part however many things of it change. Versions that were sold stay as
 * they are.
 */
export async function writeChanges(
  tx: Transaction,
  wanted: Catalogue,
  { changes, now, written }: Writing,
): Promise<void> {
  const of = (part: CatalogueChange['part']) => changes.filter((change) => change.part === part);
  const parts = [
    () => declare(tx, OwnFeature, of('features'), wanted.features),
    () => declare(tx, OwnLimit, of('limits'), wanted.limits),
    () => writePlans(tx, of('plans'), wanted.plans, now),
    () => writeCatalogueOperations(tx, of('operations'), wanted.operations),
    () => writePackages(tx, of('packages'), wanted.packages),
    () => writeIssuer(tx, of('issuer'), wanted.issuer),
  ];
  for (const write of parts) {
    await write();
    await written();
  }
}

/** The changed things that the file has, and the names of those that it leaves out. */
function divide<Thing>(changes: Changes, wanted: Readonly<Record<string, Thing>>) {
  const kept: { name: string; thing: Thing; change: CatalogueChange['change'] }[] = [];
  const gone: string[] = [];
  for (const { name, change } of changes) {
    const thing = wanted[name];
    if (thing === undefined) gone.push(name);
    else kept.push({ name, thing, change });
  }
  return { kept, gone };
}

async function declare(
  { em }: Transaction,
  entity: typeof OwnFeature | typeof OwnLimit,
  changes: Changes,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const { kept, gone } = divide(changes, wanted);
  if (gone.length > 0) await em.nativeDelete(entity, { name: { $in: gone } });
  if (kept.length > 0)
    await em.upsertMany(
      entity,
      kept.map(({ name, thing }) => ({ name, description: thing })),
    );
}

const newestPlans =
  'select slug as name, max(plan_version) as version from plan where slug = any ($1) group by slug';
/** No version but the newest is sold: those before it are withdrawn with it, or unlisted. */
const setStates = `update plan set state = due.state from (
  select plan.id, case when plan.plan_version = max(plan.plan_version) over (partition by plan.slug) then wanted.state
    when wanted.state = 'withdrawn' then wanted.state else 'unlisted' end as state
  from plan join jsonb_to_recordset($1) wanted (slug text, state text) on wanted.slug = plan.slug) due
  where plan.id = due.id and plan.state <> due.state`;

async function writePlans(
  tx: Transaction,
  changes: Changes,
  wanted: Readonly<Record<string, CataloguePlan>>,
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const { kept, gone } = divide(changes, wanted);
  const added = kept.filter(({ change }) => change === 'add' || change === 'version');
  const versions = await nextVersions(
    tx,
    newestPlans,
    added.map(({ name }) => name),
  );
  if (added.length > 0)
    await tx.em.insertMany(
      Plan,
      added.map(({ name, thing }) => ({ ...planRow(name, versions(name), thing), createdAt: now })),
    );
  const states = [
    ...kept.map(({ name, thing: { state } }) => ({ slug: name, state })),
    ...gone.map((slug) => ({ slug, state: 'unlisted' })),
  ];
  await rows(tx, setStates, [JSON.stringify(states)]);
}

/** The version that is added to each of these names; the statement answers the newest that there is. */
async function nextVersions(
  tx: Transaction,
  statement: string,
  names: readonly string[],
): Promise<(name: string) => number> {
  const found = await rows<{ name: string; version: number }>(tx, statement, [names]);
  const newest = new Map(found.map(({ name, version }) => [name, version]));
  return (name) => (newest.get(name) ?? 0) + 1;
}

function planRow(slug: string, planVersion: number, plan: CataloguePlan) {
  const { name, state, internal, price, cycle, rolloverCreditsMax, purchaseDays } = plan;
  const { trialDays, graceDays, features, throttle } = plan;
  const { users, sites, sectorsPerSite, apiKeys, ...ownLimits } = plan.limits;
  return {
    id: newId(),
    slug,
    planVersion,
    name,
    state,
    internal,
    priceAmount: price.amount,
    currency: price.currency,
    cycle,
    includedCredits: plan.credits,
    rolloverCreditsMax,
    purchaseDays,
    usersMax: users,
    sitesMax: sites,
    sectorsPerSiteMax: sectorsPerSite,
    apiKeysMax: apiKeys,
    features: [...features],
    ownLimits,
    throttleRates: throttle,
    trialDays,
    graceDays,
    renewsAs: null,
  };
}

async function writeCatalogueOperations(
  tx: Transaction,
  changes: Changes,
  wanted: Catalogue['operations'],
): Promise<void> {
  const { kept, gone } = divide(changes, wanted);
  if (gone.length > 0) await withdrawOperations(tx, gone);
  const terms = kept.map(({ name, thing }) => termsOf(name, thing));
  if (terms.length > 0) await writeOperations(tx, terms);
}

function termsOf(name: string, operation: Catalogue['operations'][string]): PriceTerms {
  const { rate, rates, minimum, variables: _ofTemplate, ...facts } = operation;
  const terms = { ...facts, name, creditsMin: minimum };
  if (rates !== null) return { ...terms, creditsPerUnit: null, rates };
  if (rate !== null) return { ...terms, creditsPerUnit: rate, rates: null };
  throw new Error(`The operation ${name} has no rate.`);
}

const newestPackages =
  'select slug as name, max(package_version) as version from credit_package where slug = any ($1) group by slug';

async function writePackages(
  tx: Transaction,
  changes: Changes,
  wanted: Catalogue['packages'],
): Promise<void> {
  if (changes.length === 0) return;
  const names = changes.map(({ name }) => name);
  const versions = await nextVersions(tx, newestPackages, names);
  await tx.em.nativeUpdate(CreditPackage, { slug: { $in: names } }, { withdrawn: true });
  const sold = divide(changes, wanted).kept.map(({ name: slug, thing }) => {
    const { name, credits, price, validDays } = thing;
    const [priceAmount, currency] = [price.amount, price.currency];
    const content = { name, credits, priceAmount, currency, validDays };
    return { id: newId(), slug, packageVersion: versions(slug), withdrawn: false, ...content };
  });
  if (sold.length > 0) await tx.em.insertMany(CreditPackage, sold);
}

async function writeIssuer(
  { em }: Transaction,
  changes: Changes,
  issuer: Catalogue['issuer'],
): Promise<void> {
  if (issuer === null || changes.length === 0) return;
  const [newest] = await em.find(Issuer, {}, { orderBy: { issuerVersion: 'desc' }, limit: 1 });
  const { payees, address, ...facts } = issuer;
  const id = newId();
  const issuerVersion = (newest?.issuerVersion ?? 0) + 1;
  await em.insert(Issuer, { id, issuerVersion, ...facts, address: [...address] });
  for (const [currency, { account, ...payee }] of Object.entries(payees))
    await em.insert(Payee, { issuerId: id, currency, ...payee, account: [...account] });
}
