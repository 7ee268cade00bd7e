import type { OperationPrice, PriceTerms } from '@tenantry/domain/credit/price';
import { faultsOfTemplate } from '@tenantry/domain/run/prompt';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { priceColumns } from './statements.ts';

// What an operation costs is found by its key alone: the foreign key to the first version is checked at the commit.
const insertOperations = `insert into operation (name, price_version, withdrawn)
  select name, 1, false from unnest($1::text[]) name order by name on conflict (name) do nothing`;
/** Holds read prices and reference their versions meanwhile; another writer waits. Every writer locks in one order. */
const lockOperations =
  'select name, price_version as version, withdrawn from operation where name = any ($1) order by name for no key update';
const readPrices = `select ${priceColumns} from operation join operation_price price
  on price.name = operation.name and price.price_version = operation.price_version where operation.name = any ($1)`;
const insertPrices = `insert into operation_price (name, price_version, kind, unit, unit_size, credits_per_unit, input_rate,
    cached_input_rate, output_rate, credits_min, output_tokens_default, output_tokens_max, model, prompt_template, created_at)
  select name, version, kind, unit, unit_size, credits_per_unit, input_rate, cached_input_rate, output_rate, credits_min,
    output_tokens_default, output_tokens_max, model, prompt_template, now()
  from jsonb_to_recordset($1) price (name text, version int, kind text, unit text, unit_size int, credits_per_unit int,
    input_rate int, cached_input_rate int, output_rate int, credits_min int, output_tokens_default int,
    output_tokens_max int, model text, prompt_template text)`;
const showVersions = `update operation set price_version = shown.version, withdrawn = false
  from jsonb_to_recordset($1) shown (name text, version int) where operation.name = shown.name`;
const withdraw =
  'update operation set withdrawn = true where name = any ($1) and not withdrawn returning name';

/** What became of an operation that was written. */
export interface WrittenOperation {
  name: string;
  /** The version of its price from now on. */
  version: number;
  /** Whether its price is new, or it was withdrawn before. */
  isChanged: boolean;
}

/**
 * Sets what operations cost from the commit of this transaction on, each as a new version, and makes those that are not
 * there. A price that is what it is now writes nothing; an operation that was withdrawn is there again. Holds that are open
 * keep the version that they were quoted. The statements are as many for one operation as for all. Throws for a template
 * with a fault, and for a name that is given twice. Only the owner of the database may.
 */
export async function writeOperations(
  tx: Transaction,
  terms: readonly PriceTerms[],
): Promise<WrittenOperation[]> {
  const names = terms.map(({ name }) => name);
  refuseFaults(terms, names);
  await rows(tx, insertOperations, [names]);
  const locked = await rows<{ name: string; version: number; withdrawn: boolean }>(tx, lockOperations, [
    names,
  ]);
  const stored = new Map(locked.map((row) => [row.name, row]));
  // A new operation names the first version, which is not there yet.
  const priced = await rows<OperationPrice>(tx, readPrices, [names]);
  const prices = new Map(priced.map((price) => [price.name, price]));
  const written = terms.map((one) => {
    const row = stored.get(one.name);
    if (row === undefined) throw new Error(`operation ${one.name} was written and is not there`);
    const current = prices.get(one.name);
    const isNew = current === undefined || !isSame(current, one);
    const version = current !== undefined && isNew ? row.version + 1 : row.version;
    return { terms: one, version, isNew, isChanged: isNew || row.withdrawn };
  });
  const added = written.filter(({ isNew }) => isNew);
  if (added.length > 0)
    await rows(tx, insertPrices, [JSON.stringify(added.map((one) => valuesOf(one.terms, one.version)))]);
  const changed = written.filter(({ isChanged }) => isChanged);
  if (changed.length > 0)
    await rows(tx, showVersions, [
      JSON.stringify(changed.map(({ terms: { name }, version }) => ({ name, version }))),
    ]);
  return written.map(({ terms: { name }, version, isChanged }) => ({ name, version, isChanged }));
}

/**
 * Withdraws operations: nothing new is held or run at them, and their open holds are settled as they were quoted. Answers
 * the names of those that were there to withdraw. Only the owner of the database may.
 */
export async function withdrawOperations(tx: Transaction, names: readonly string[]): Promise<string[]> {
  return (await rows<{ name: string }>(tx, withdraw, [names])).map(({ name }) => name);
}

function refuseFaults(terms: readonly PriceTerms[], names: readonly string[]): void {
  if (new Set(names).size < names.length) throw new Error('An operation is written twice.');
  for (const { name, promptTemplate } of terms) {
    const [fault] = promptTemplate === null ? [] : faultsOfTemplate(promptTemplate);
    if (fault !== undefined)
      throw new Error(`The prompt template of ${name} cannot be used: ${fault.message}.`);
  }
}

function isSame(stored: PriceTerms, terms: PriceTerms): boolean {
  return JSON.stringify(valuesOf(stored, 0)) === JSON.stringify(valuesOf(terms, 0));
}

/** The row of a price, by the names of its columns. */
function valuesOf(terms: PriceTerms, version: number) {
  const { name, kind, unit, unitSize, creditsPerUnit, rates, creditsMin } = terms;
  const { outputTokensDefault, outputTokensMax, model, promptTemplate } = terms;
  return {
    name,
    version,
    kind,
    unit,
    unit_size: unitSize,
    credits_per_unit: creditsPerUnit,
    input_rate: rates?.input ?? null,
    cached_input_rate: rates?.cachedInput ?? null,
    output_rate: rates?.output ?? null,
    credits_min: creditsMin,
    output_tokens_default: outputTokensDefault,
    output_tokens_max: outputTokensMax,
    model,
    prompt_template: promptTemplate,
  };
}
