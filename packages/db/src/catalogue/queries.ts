import type { Transaction } from '../transaction.ts';
import { CreditPackage, OwnFeature, OwnLimit } from './entity.ts';

/** The names of the features and limits that the product's catalogue declares, in order. */
export async function listOwnNames({ em }: Transaction): Promise<{ features: string[]; limits: string[] }> {
  const byName = { orderBy: { name: 'asc' } } as const;
  const features = await em.find(OwnFeature, {}, byName);
  const limits = await em.find(OwnLimit, {}, byName);
  return { features: features.map(({ name }) => name), limits: limits.map(({ name }) => name) };
}

/** A package version that a row refers to. */
export function getPackage({ em }: Transaction, id: string): Promise<CreditPackage> {
  return em.findOneOrFail(CreditPackage, { id });
}

/** The newest version of a package of credits, unless it was withdrawn. */
export async function findSellablePackage(
  { em }: Transaction,
  slug: string,
): Promise<CreditPackage | undefined> {
  const newest = await em.findOne(CreditPackage, { slug }, { orderBy: { packageVersion: 'desc' } });
  return newest === null || newest.withdrawn ? undefined : newest;
}

/** The newest version of each package that is on sale, smallest first. */
export async function listPackages({ em }: Transaction): Promise<CreditPackage[]> {
  const rows = await em.find(CreditPackage, {}, { orderBy: { packageVersion: 'asc' } });
  const newest = new Map(rows.map((row) => [row.slug, row]));
  return [...newest.values()]
    .filter(({ withdrawn }) => !withdrawn)
    .toSorted((one, other) => one.credits - other.credits || (one.slug < other.slug ? -1 : 1));
}
