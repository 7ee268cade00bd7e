import { getStaffSession } from '@tenantry/db/staff/queries';
import { powersOf } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/** Who is signed in, what they may do, and what the console has to know of the app. Refuses `unauthenticated`. */
export async function getOwnStaffSession({
  database,
  actor,
  approvals,
  statements,
  adminSettings,
}: DirectoryContext<'approvals' | 'statements' | 'adminSettings'>) {
  const { sessionId } = actor.kind === 'staff' ? actor : { sessionId: undefined };
  const found =
    sessionId === undefined
      ? undefined
      : await database.withoutAccount.read({}, (tx) => getStaffSession(tx, sessionId));
  if (found === undefined) return refuse('unauthenticated');
  const { staff, session } = found;
  const statementAutoConfirm: 'exact' | 'off' = statements.confirmsExact ? 'exact' : 'off';
  return {
    id: session.id,
    staff: { id: staff.id, email: staff.email, role: staff.role },
    powers: [...powersOf(staff.role)],
    expiresAt: session.expiresAt,
    mode: adminSettings.mode,
    secondApproverAmounts: { ...approvals.secondApproverAmounts },
    statementAutoConfirm,
  };
}
