import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { writeCatalogue } from '@tenantry/catalogue/write';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';

/** How much a catalogue declares beside what the demo has. */
export interface CatalogueSize {
  plans: number;
  operations: number;
}

/** The operation with a number. */
export const operationName = (number: number): string => `op_${number}`;

/** What a page of an operation costs in a version of the catalogue: it tells both. */
const creditsPerPage = (number: number, version: number) => version * 10 + (number % 10);

/** The version of the catalogue that a charge for pages was reckoned by; undefined when no version gives it. */
export function versionOfCharge(number: number, credits: number, pages: number): number | undefined {
  const version = (credits / pages - (number % 10)) / 10;
  return Number.isInteger(version) ? version : undefined;
}

/** The price of a plan tells the version of the catalogue. */
const amountOf = (version: number) => version * 100;
export const versionOfAmount = (amount: number): number => amount / 100;

/** The demo's catalogue with more plans and operations, of which every price is another in every version. */
function versionedCatalogue(version: number, { plans, operations }: CatalogueSize): Catalogue {
  const demo = readDemoCatalogue();
  const { growth, ...others } = demo.plans;
  const request = demo.operations['generate_ideas'];
  if (growth === undefined || request === undefined) throw new Error('the demo has no plan or operation');
  const numbers = (count: number) => Array.from({ length: count }, (_none, number) => number);
  const plan = { ...growth, price: { amount: amountOf(version), currency: 'USD' }, credits: 1000 + version };
  const priced = (number: number) => ({
    ...request,
    unit: 'page',
    rate: creditsPerPage(number, version),
    minimum: 1,
  });
  return {
    ...demo,
    plans: {
      ...others,
      growth,
      ...Object.fromEntries(numbers(plans).map((number) => [`plan_${number}`, plan])),
    },
    operations: {
      ...demo.operations,
      ...Object.fromEntries(numbers(operations).map((number) => [operationName(number), priced(number)])),
    },
  };
}

/** That catalogue as a file. */
export const versionedFile = (version: number, size: CatalogueSize): string =>
  writeCatalogue(versionedCatalogue(version, size));
