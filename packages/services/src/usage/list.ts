import { findKey } from '@tenantry/db/api-key/queries';
import { findOperation } from '@tenantry/db/operation/queries';
import type { PageInput } from '@tenantry/db/page';
import { wasSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { type UsageDimension, listUsage as sumUsage } from '@tenantry/db/usage/queries';
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
export async function listUsage(records: Records, { from, to, ...question }: UsageInput) {
  const range = usageRange({ from: momentOf(from), to: momentOf(to) }, records.now);
  if (isRefusal(range)) return range;
  return (await isKnown(records, question))
    ? sumUsage(records, { ...question, ...range })
    : refuse('not_found');
}

async function isKnown(
  records: Records,
  { operation, siteId, keyId }: Pick<UsageInput, 'operation' | 'siteId' | 'keyId'>,
): Promise<boolean> {
  if (operation !== undefined && (await findOperation(records.em, operation)) === null) return false;
  if (siteId !== undefined && !(await wasSite(records, siteId))) return false;
  return keyId === undefined || (await findKey(records, keyId)) !== null;
}

const momentOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
