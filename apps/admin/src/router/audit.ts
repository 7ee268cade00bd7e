import { auditRecord, listAuditInput, listSecurityEventsInput } from '@tenantry/contract/audit';
import { listOf } from '@tenantry/contract/page';
import { listAudit, listSecurityEvents } from '@tenantry/services/audit/list';
import { router, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['audit'];
const reads = { power: 'audit:read', throttle: 'default' } as const;

export const auditRouter = router({
  list: staff(reads, {
    method: 'GET',
    path: '/audit',
    tags,
    summary: 'The changes of every account, newest first',
  })
    .input(listAuditInput)
    .output(listOf(auditRecord))
    .query(runWithoutAccount(listAudit)),
});

export const securityEventRouter = router({
  list: staff(reads, {
    method: 'GET',
    path: '/security-events',
    tags,
    summary: 'The changes without an account, and what staff were refused, newest first',
  })
    .input(listSecurityEventsInput)
    .output(listOf(auditRecord))
    .query(runWithoutAccount(listSecurityEvents)),
});
