import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import type { CatalogueChange } from '@tenantry/domain/catalogue/changes';
import { newId } from '../ids.ts';
import { withdrawOperation, writeOperation } from '../operation/write.ts';
import { Plan } from '../plan/entity.ts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { CreditPackage, Issuer, OwnFeature, OwnLimit, Payee } from './entity.ts';

/** Writes one change. Versions that were sold stay as they are. */
export async function writeChange(
  tx: Transaction,
  wanted: Catalogue,
  change: CatalogueChange,
): Promise<void> {
  const { part, name } = change;
  switch (part) {
    case 'features':
      return declare(tx, OwnFeature, name, wanted.features[name]);
    case 'limits':
      return declare(tx, OwnLimit, name, wanted.limits[name]);
    case 'plans':
      return writePlan(tx, name, wanted.plans[name], change.change);
    case 'operations':
      return writeCatalogueOperation(tx, name, wanted.operations[name]);
    case 'packages':
      return writePackage(tx, name, wanted.packages[name]);
    case 'issuer':
      return writeIssuer(tx, wanted.issuer);
  }
}

async function declare(
  { em }: Transaction,
  entity: typeof OwnFeature | typeof OwnLimit,
  name: string,
  description: string | undefined,
): Promise<void> {
  if (description === undefined) await em.nativeDelete(entity, { name });
  else await em.upsert(entity, { name, description });
}

/** No version but the newest is sold: those before it are withdrawn with it, or unlisted. */
const setEarlierStates = `update plan set state = $2 where slug = $1 and state <> $2
  and plan_version < (select max(plan_version) from plan newest where newest.slug = $1)`;
const setNewestState = `update plan set state = $2 where slug = $1
  and plan_version = (select max(plan_version) from plan newest where newest.slug = $1)`;

async function writePlan(
  tx: Transaction,
  slug: string,
  plan: CataloguePlan | undefined,
  change: CatalogueChange['change'],
): Promise<void> {
  if (plan !== undefined && (change === 'add' || change === 'version')) await insertPlan(tx, slug, plan);
  const state = plan?.state ?? 'unlisted';
  await rows(tx, setNewestState, [slug, state]);
  await rows(tx, setEarlierStates, [slug, state === 'withdrawn' ? 'withdrawn' : 'unlisted']);
}

async function insertPlan(tx: Transaction, slug: string, plan: CataloguePlan): Promise<void> {
  const { name, state, internal, price, cycle, rolloverCreditsMax, purchaseDays } = plan;
  const { trialDays, graceDays, features, throttle } = plan;
  const { users = 0, sites = 0, sectorsPerSite = 0, apiKeys = 0, ...ownLimits } = plan.limits;
  const newest = await tx.em.find(Plan, { slug }, { orderBy: { planVersion: 'desc' }, limit: 1 });
  await tx.em.insert(Plan, {
    id: newId(),
    slug,
    planVersion: (newest[0]?.planVersion ?? 0) + 1,
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
  });
}

async function writeCatalogueOperation(
  tx: Transaction,
  name: string,
  operation: Catalogue['operations'][string] | undefined,
): Promise<void> {
  if (operation === undefined) {
    await withdrawOperation(tx, name);
    return;
  }
  const { rate, rates, minimum, ...facts } = operation;
  const terms = { ...facts, name, creditsMin: minimum };
  if (rates !== null) await writeOperation(tx, { ...terms, creditsPerUnit: null, rates });
  else if (rate !== null) await writeOperation(tx, { ...terms, creditsPerUnit: rate, rates: null });
  else throw new Error(`The operation ${name} has no rate.`);
}

async function writePackage(
  { em }: Transaction,
  slug: string,
  sold: Catalogue['packages'][string] | undefined,
): Promise<void> {
  const [newest] = await em.find(CreditPackage, { slug }, { orderBy: { packageVersion: 'desc' }, limit: 1 });
  await em.nativeUpdate(CreditPackage, { slug }, { withdrawn: true });
  if (sold === undefined) return;
  const { name, credits, price, validDays } = sold;
  const [priceAmount, currency] = [price.amount, price.currency];
  const packageVersion = (newest?.packageVersion ?? 0) + 1;
  const content = { name, credits, priceAmount, currency, validDays };
  await em.insert(CreditPackage, { id: newId(), slug, packageVersion, withdrawn: false, ...content });
}

async function writeIssuer({ em }: Transaction, issuer: Catalogue['issuer']): Promise<void> {
  if (issuer === null) return;
  const [newest] = await em.find(Issuer, {}, { orderBy: { issuerVersion: 'desc' }, limit: 1 });
  const { payees, address, ...facts } = issuer;
  const id = newId();
  const issuerVersion = (newest?.issuerVersion ?? 0) + 1;
  await em.insert(Issuer, { id, issuerVersion, ...facts, address: [...address] });
  for (const [currency, { account, ...payee }] of Object.entries(payees))
    await em.insert(Payee, { issuerId: id, currency, ...payee, account: [...account] });
}
