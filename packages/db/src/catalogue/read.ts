import type {
  Catalogue,
  CatalogueIssuer,
  CatalogueOperation,
  CataloguePackage,
  CataloguePlan,
} from '@tenantry/domain/catalogue/catalogue';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import { variablesOf } from '@tenantry/domain/run/prompt';
import { listOperations } from '../operation/queries.ts';
import { Plan } from '../plan/entity.ts';
import type { Transaction } from '../transaction.ts';
import { CreditPackage, Issuer, OwnFeature, OwnLimit, Payee } from './entity.ts';

/** What the database sells now: the newest version of each plan, and everything that is not withdrawn. */
export async function readCatalogue(tx: Transaction): Promise<Catalogue> {
  const { em } = tx;
  const plans = await em.find(Plan, {}, { orderBy: { slug: 'asc', planVersion: 'asc' } });
  const packages = await em.find(CreditPackage, {}, { orderBy: { slug: 'asc', packageVersion: 'asc' } });
  const operations = await listOperations(tx);
  const byName = { orderBy: { name: 'asc' } } as const;
  const described = (found: readonly { name: string; description: string }[]) =>
    Object.fromEntries(found.map(({ name, description }) => [name, description]));
  // Of several versions the last stays.
  const newest = Object.fromEntries(packages.map((row) => [row.slug, row]));
  const onSale = Object.entries(newest).filter(([, { withdrawn }]) => !withdrawn);
  return {
    features: described(await em.find(OwnFeature, {}, byName)),
    limits: described(await em.find(OwnLimit, {}, byName)),
    plans: Object.fromEntries(plans.map((row) => [row.slug, planOf(row)])),
    operations: Object.fromEntries(operations.map((price) => [price.name, operationOf(price)])),
    packages: Object.fromEntries(onSale.map(([slug, row]) => [slug, packageOf(row)])),
    issuer: await readIssuer(tx),
  };
}

function planOf(row: Plan): CataloguePlan {
  const { name, state, internal, priceAmount, currency, cycle, rolloverCreditsMax, purchaseDays } = row;
  const { trialDays, graceDays, features, ownLimits, throttleRates } = row;
  return {
    name,
    state,
    internal,
    price: { amount: priceAmount, currency },
    cycle,
    credits: row.includedCredits,
    rolloverCreditsMax,
    purchaseDays: purchaseDays ?? null,
    trialDays,
    graceDays,
    features,
    limits: {
      users: row.usersMax,
      sites: row.sitesMax,
      sectorsPerSite: row.sectorsPerSiteMax,
      apiKeys: row.apiKeysMax,
      ...ownLimits,
    },
    throttle: throttleRates,
  };
}

function operationOf(price: OperationPrice): CatalogueOperation {
  const { kind, unit, unitSize, creditsPerUnit, rates, creditsMin } = price;
  const { outputTokensDefault, outputTokensMax, model, promptTemplate } = price;
  return {
    kind,
    unit,
    unitSize,
    rate: creditsPerUnit,
    rates,
    minimum: creditsMin,
    outputTokensDefault,
    outputTokensMax,
    model,
    promptTemplate,
    variables: promptTemplate === null ? null : variablesOf(promptTemplate),
  };
}

function packageOf({ name, credits, priceAmount, currency, validDays }: CreditPackage): CataloguePackage {
  return { name, credits, price: { amount: priceAmount, currency }, validDays: validDays ?? null };
}

/** The newest version of the issuer with its payees, or null. */
export async function readIssuer({ em }: Transaction): Promise<CatalogueIssuer | null> {
  const [issuer] = await em.find(Issuer, {}, { orderBy: { issuerVersion: 'desc' }, limit: 1 });
  if (issuer === undefined) return null;
  const payees = await em.find(Payee, { issuerId: issuer.id }, { orderBy: { currency: 'asc' } });
  const { name, address, taxId, email, taxRateBasisPoints, invoicePrefix } = issuer;
  return {
    name,
    address,
    taxId: taxId ?? null,
    email: email ?? null,
    taxRateBasisPoints: taxRateBasisPoints ?? null,
    invoicePrefix,
    payees: Object.fromEntries(
      payees.map(({ currency, name: holder, bank, iban, bic, account }) => [
        currency,
        { name: holder, bank, iban: iban ?? null, bic: bic ?? null, account },
      ]),
    ),
  };
}
