import { listEntries as findEntries } from '@tenantry/db/credit/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';

/** The journal, newest first. */
export async function listEntries(records: Records, input: PageInput) {
  const page = await findEntries(records, input);
  const items = page.items.map((entry) => ({
    id: entry.id,
    sequence: entry.sequence,
    at: entry.at,
    kind: entry.kind,
    from: entry.fromBook,
    to: entry.toBook,
    amount: entry.amount,
    availableAfter: entry.availableAfter,
    holdId: entry.holdId ?? null,
    grantId: entry.grantId ?? null,
    operation: entry.operation ?? null,
    siteId: entry.siteId ?? null,
    actor: entry.actor,
    hash: entry.hash,
  }));
  return { ...page, items };
}
