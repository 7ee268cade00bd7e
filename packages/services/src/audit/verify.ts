import { type AuditVerification, verifyAudit } from '@tenantry/db/audit/verify';
import type { Database } from '@tenantry/db/transaction';

/** Recomputes the chains of audit entries, of every account or of one, and of security events. */
export function verifyRecords(
  { database }: { database: Database },
  accountId: string | undefined,
): Promise<AuditVerification> {
  return verifyAudit(database, accountId);
}
