import type { IgnoreStatementLineInput } from '@tenantry/contract/statement';
import { decideLine, lockStatementLine } from '@tenantry/db/statement/queries';
import { actorName } from '@tenantry/domain/actor';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';

/** Takes a line out of the queue for a reason that stays on record. Refuses `not_found`, and `conflict` for a line that was decided on. */
export function ignoreLine(
  { commit, actor, now }: PersonContext,
  { lineId, reason }: IgnoreStatementLineInput,
) {
  return commit(async (tx) => {
    const event = await lockStatementLine(tx, lineId);
    if (event === null) return refuse('not_found');
    if (event.status !== 'waiting') return refuse('conflict');
    await decideLine(tx, lineId, { at: now, by: actorName(actor), reason });
    return { id: lineId };
  });
}
