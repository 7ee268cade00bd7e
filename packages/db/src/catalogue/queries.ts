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
