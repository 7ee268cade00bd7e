import { staffFactors } from '@tenantry/db/second-factor/queries';
import { getStaffSession } from '@tenantry/db/staff/sessions';
import { powersOf } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import { staffIdleMinutes } from '@tenantry/domain/staff/session';
import type { DirectoryContext } from '../context.ts';

/** Who is signed in, what they may do, and what the console has to know of the app. Refuses `unauthenticated`. */
export async function getOwnStaffSession({
  database,
  actor,
  approvals,
  statements,
  adminSettings: { mode, requiresSecondFactor },
}: DirectoryContext<'approvals' | 'statements' | 'adminSettings'>) {
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { sessionId, staffId } = actor;
  const [session, secondFactor] = await database.withoutAccount.read({}, async (tx) => [
    await getStaffSession(tx, sessionId),
    await staffFactors.describe(tx, staffId),
  ]);
  if (session === undefined) return refuse('unauthenticated');
  const { id, email, role } = session.staff;
  const statementAutoConfirm: 'exact' | 'off' = statements.confirmsExact ? 'exact' : 'off';
  return {
    id: session.id,
    staff: { id, email, role },
    powers: [...powersOf(role)],
    expiresAt: session.expiresAt,
    idleSeconds: staffIdleMinutes * 60,
    secondFactor,
    requiresSecondFactor,
    mode,
    secondApproverAmounts: { ...approvals.secondApproverAmounts },
    statementAutoConfirm,
  };
}
