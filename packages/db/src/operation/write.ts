import type { OperationPrice, PriceTerms } from '@tenantry/domain/credit/price';
import { faultOfTemplate } from '@tenantry/domain/run/prompt';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { priceColumns } from './statements.ts';

// What an operation costs is found by its key alone: the foreign key to the first version is checked at the commit.
const insertOperation =
  'insert into operation (name, price_version, withdrawn) values ($1, 1, false) on conflict (name) do nothing';
/** Holds read prices and reference their versions meanwhile; another writer waits. */
const lockOperation = `select price_version as version, withdrawn from operation where name = $1 for no key update`;
const readPrice = `select ${priceColumns} from operation_price price where price.name = $1 and price.price_version = $2`;
const insertPrice = `insert into operation_price (name, price_version, kind, unit, unit_size, credits_per_unit, input_rate,
    cached_input_rate, output_rate, credits_min, output_tokens_default, output_tokens_max, model, prompt_template, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now())`;
const showVersion = 'update operation set price_version = $2, withdrawn = false where name = $1';
const withdraw = 'update operation set withdrawn = true where name = $1 and not withdrawn returning name';

/** What became of an operation that was written. */
export interface WrittenOperation {
  /** The version of its price from now on. */
  version: number;
  /** Whether its price is new, or it was withdrawn before. */
  isChanged: boolean;
}

/**
 * Sets what an operation costs from the commit of this transaction on, as a new version, and makes the operation when it
 * is not there. A price that is what it is now writes nothing; an operation that was withdrawn is there again. Holds that
 * are open keep the version that they were quoted. Throws for a template with a fault.
 * Only the owner of the database may.
 */
export async function writeOperation(tx: Transaction, terms: PriceTerms): Promise<WrittenOperation> {
  const { name, promptTemplate } = terms;
  const fault = promptTemplate === null ? undefined : faultOfTemplate(promptTemplate);
  if (fault !== undefined) throw new Error(`The prompt template of ${name} cannot be used: ${fault}.`);
  await rows(tx, insertOperation, [name]);
  const [stored] = await rows<{ version: number; withdrawn: boolean }>(tx, lockOperation, [name]);
  if (stored === undefined) throw new Error(`operation ${name} was written and is not there`);
  const [current] = await rows<OperationPrice>(tx, readPrice, [name, stored.version]);
  if (current !== undefined && isSame(current, terms)) {
    if (stored.withdrawn) await rows(tx, showVersion, [name, stored.version]);
    return { version: stored.version, isChanged: stored.withdrawn };
  }
  // A new operation names the first version, which is not there yet.
  const version = current === undefined ? stored.version : stored.version + 1;
  await rows(tx, insertPrice, valuesOf(terms, version));
  await rows(tx, showVersion, [name, version]);
  return { version, isChanged: true };
}

/**
 * Withdraws an operation: nothing new is held or run at it, and its open holds are settled as they were quoted. Answers
 * whether there was one to withdraw. Only the owner of the database may.
 */
export async function withdrawOperation(tx: Transaction, name: string): Promise<boolean> {
  return (await rows(tx, withdraw, [name])).length > 0;
}

function isSame(stored: PriceTerms, terms: PriceTerms): boolean {
  const [left, right] = [valuesOf(stored, 0), valuesOf(terms, 0)];
  return left.every((value, place) => value === right[place]);
}

function valuesOf(terms: PriceTerms, version: number): unknown[] {
  const { name, kind, unit, unitSize, creditsPerUnit, rates, creditsMin } = terms;
  const { outputTokensDefault, outputTokensMax, model, promptTemplate } = terms;
  return [
    name,
    version,
    kind,
    unit,
    unitSize,
    creditsPerUnit,
    rates?.input ?? null,
    rates?.cachedInput ?? null,
    rates?.output ?? null,
    creditsMin,
    outputTokensDefault,
    outputTokensMax,
    model,
    promptTemplate,
  ];
}
