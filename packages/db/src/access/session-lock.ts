import type { Actor } from '@tenantry/domain/actor';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

const ofUser = `select 1 as live from session
where id = $1 and user_id = $2 and revoked_at is null and expires_at > $3 for share`;
const ofStaff = `select 1 as live from staff_session
where id = $1 and staff_id = $2 and revoked_at is null and expires_at > $3 for share`;

/**
 * Whether the session of a call is still good. It stays good until the transaction ends: whoever ends it waits. An actor
 * without a session is answered true. The gate has asked before, and what it knew may be some moments old.
 */
export async function lockSessionOf(tx: Transaction, actor: Actor, now: Date): Promise<boolean> {
  if (actor.kind !== 'user' && actor.kind !== 'staff') return true;
  const [sql, ownerId] = actor.kind === 'user' ? [ofUser, actor.userId] : [ofStaff, actor.staffId];
  return (await rows(tx, sql, [actor.sessionId, ownerId, now.toISOString()])).length === 1;
}
