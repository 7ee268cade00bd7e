import type { ListAuditInput, ListSecurityEventsInput } from '@tenantry/contract/audit';
import { pageOfAuditEntries, pageOfSecurityEvents } from '@tenantry/db/audit/list';
import type { DirectoryContext } from '../context.ts';

/** The changes of every account, or of one, newest first. */
export function listAudit({ database }: DirectoryContext, input: ListAuditInput) {
  return database.withoutAccount.read({}, (tx) => pageOfAuditEntries(tx, input));
}

/** The changes without an account, and the refused calls of staff, newest first. */
export function listSecurityEvents({ database }: DirectoryContext, input: ListSecurityEventsInput) {
  return database.withoutAccount.read({}, (tx) => pageOfSecurityEvents(tx, input));
}
