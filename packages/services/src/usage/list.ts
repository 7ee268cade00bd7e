import { findKey } from '@tenantry/db/api-key/queries';
import { findOperation } from '@tenantry/db/operation/queries';
import type { PageInput } from '@tenantry/db/page';
import { wasSite } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type UsageDimension, listUsage as sumUsage } from '@tenantry/ledger/usage';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { usageRange } from '@tenantry/domain/usage/range';

export interface UsageInput extends PageInput {
  by: UsageDimension;
  /** RFC 3339. */
  from?: string | undefined;
  to?: string | undefined;
  operation?: string | undefined;
  siteId?: string | undefined;
  keyId?: string | undefined;
}

/**
 * What the account spent, by day, operation, site or API key: charges with their later corrections. Refuses
 * `invalid_input` for a range that is empty or too long, `not_found` for an operation, site or key that never was.
 */
export async function listUsage(tx: AccountTransaction, { from, to, ...question }: UsageInput) {
  const range = usageRange({ from: momentOf(from), to: momentOf(to) }, tx.now);
  if (isRefusal(range)) return range;
  return (await isKnown(tx, question)) ? sumUsage(tx, { ...question, ...range }) : refuse('not_found');
}

async function isKnown(
  tx: AccountTransaction,
  { operation, siteId, keyId }: Pick<UsageInput, 'operation' | 'siteId' | 'keyId'>,
): Promise<boolean> {
  if (operation !== undefined && (await findOperation(tx, operation)) === null) return false;
  if (siteId !== undefined && !(await wasSite(tx, siteId))) return false;
  return keyId === undefined || (await findKey(tx, keyId)) !== null;
}

const momentOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
