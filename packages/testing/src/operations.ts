import { openOrm } from '@tenantry/db/orm';
import {
  type WrittenOperation,
  withdrawOperations,
  writeOperations as writeAll,
} from '@tenantry/db/operation/write';
import type { Transaction } from '@tenantry/db/transaction';
import type { PriceTerms } from '@tenantry/domain/credit/price';
import type { TestDatabase } from './database.ts';

/** The terms of an operation of text at one rate. */
export const perUnit = (name: string, creditsPerUnit: number, unit = 'token'): PriceTerms => ({
  ...common,
  name,
  unit,
  creditsPerUnit,
  rates: null,
});

/** The terms of an operation of text whose tokens have rates of their own, for 1,000 tokens. */
export const perToken = (
  name: string,
  [input, cachedInput, output]: readonly [number, number, number],
): PriceTerms => ({
  ...common,
  name,
  unit: 'token',
  unitSize: 1000,
  creditsPerUnit: null,
  rates: { input, cachedInput, output },
});

const common = {
  kind: 'text',
  unitSize: 1,
  creditsMin: 0,
  outputTokensDefault: 500,
  outputTokensMax: 32_000,
  model: null,
  promptTemplate: null,
} as const;

/** Writes operations in one transaction of the owner, as the catalogue does. */
export const writeOperations = (
  database: TestDatabase,
  terms: readonly PriceTerms[],
): Promise<WrittenOperation[]> => asOwner(database, (tx) => writeAll(tx, terms));

/** Withdraws an operation as the owner. */
export const withdraw = (database: TestDatabase, name: string): Promise<boolean> =>
  asOwner(database, async (tx) => (await withdrawOperations(tx, [name])).length > 0);

/** Runs work in a transaction of the role that owns the database. */
export async function asOwner<T>(database: TestDatabase, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const orm = await openOrm(database.url('tenantry_owner'), 1);
  try {
    return await orm.em.transactional((em) => work({ em }));
  } finally {
    await orm.close(true);
  }
}
