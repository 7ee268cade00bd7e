import type { ListUsageInput } from '@tenantry/contract/usage';
import { findKey } from '@tenantry/db/api-key/queries';
import { wasOperation } from '@tenantry/db/operation/queries';
import { wasSite } from '@tenantry/db/site/queries';
import { listUsage as sumUsage } from '@tenantry/ledger/usage';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { usageRange } from '@tenantry/domain/usage/range';
import type { Context } from '../context.ts';

/**
 * What the account spent, by day, operation, site or API key: charges with their later corrections. Refuses
 * `invalid_input` for a range that is empty or too long, `not_found` for an operation, site or key that never was.
 */
export async function listUsage({ tx }: Context, { from, to, ...question }: ListUsageInput) {
  const range = usageRange({ from: momentOf(from), to: momentOf(to) }, tx.now);
  if (isRefusal(range)) return range;
  return (await isKnown(tx, question)) ? sumUsage(tx, { ...question, ...range }) : refuse('not_found');
}

async function isKnown(
  tx: Context['tx'],
  { operation, siteId, keyId }: Pick<ListUsageInput, 'operation' | 'siteId' | 'keyId'>,
): Promise<boolean> {
  if (operation !== undefined && !(await wasOperation(tx, operation))) return false;
  if (siteId !== undefined && !(await wasSite(tx, siteId))) return false;
  return keyId === undefined || (await findKey(tx, keyId)) !== null;
}

const momentOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
