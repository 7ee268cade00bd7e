import type {
  Catalogue,
  CatalogueOperation,
  CataloguePackage,
  CataloguePlan,
} from '@tenantry/domain/catalogue/catalogue';

/** The catalogue that a page was loaded with, and what names it. */
export interface Stored {
  readonly catalogue: Catalogue;
  readonly fingerprint: string;
}

/** A change of the catalogue that waits for its reason. */
export interface Draft {
  /** What will be done, as a command that names its object. */
  readonly title: string;
  /** The whole catalogue with the change, as the text of a file. */
  readonly text: string;
  /**
   * Names the catalogue that the change was made to, as it was when the change began: what a page reads later may have
   * changes of others, which this text would take back.
   */
  readonly fingerprint: string;
}

/** A catalogue as the text of a file in JSON, which is YAML too. The variables of a prompt follow from it. */
export function fileOf(catalogue: Catalogue): string {
  const operations = Object.entries(catalogue.operations).map(
    ([name, operation]) => [name, { ...operation, variables: null }] as const,
  );
  return JSON.stringify({ catalogue: 1, ...catalogue, operations: Object.fromEntries(operations) });
}

/** The catalogue with a plan added or changed. */
export const withPlan = (catalogue: Catalogue, slug: string, plan: CataloguePlan): Catalogue => ({
  ...catalogue,
  plans: { ...catalogue.plans, [slug]: plan },
});

/** The catalogue with an operation added or changed, or without it. */
export function withOperation(
  catalogue: Catalogue,
  name: string,
  operation: CatalogueOperation | undefined,
): Catalogue {
  const { [name]: _before, ...others } = catalogue.operations;
  return { ...catalogue, operations: operation === undefined ? others : { ...others, [name]: operation } };
}

/** The catalogue with a package added or changed, or without it. */
export function withPackage(
  catalogue: Catalogue,
  slug: string,
  sold: CataloguePackage | undefined,
): Catalogue {
  const { [slug]: _before, ...others } = catalogue.packages;
  return { ...catalogue, packages: sold === undefined ? others : { ...others, [slug]: sold } };
}

/** What is the matter with a name that is to be new; undefined for a right one. */
export function faultOfNewName(name: string, taken: Readonly<Record<string, unknown>>): string | undefined {
  if (name === '') return undefined;
  if (!/^[a-z0-9][a-z0-9_-]{0,49}$/.test(name))
    return 'Lower-case letters, digits, hyphens and underscores, at most 50.';
  return Object.hasOwn(taken, name) ? 'There is one of this name already.' : undefined;
}
