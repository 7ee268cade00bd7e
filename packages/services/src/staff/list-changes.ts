import type { PageInput } from '@tenantry/contract/page';
import { listAuditEntries } from '@tenantry/db/audit/queries';
import type { Context } from '../context.ts';

/** Who changed what in the account, newest first. */
export async function listAccountChanges({ tx }: Context, input: PageInput) {
  const page = await listAuditEntries(tx, input);
  const items = page.items.map(({ id, at, action, actor, subjectId = null, facts, requestId }) => {
    return { id, at, action, actor, subject: subjectId, facts, requestId };
  });
  return { ...page, items };
}
