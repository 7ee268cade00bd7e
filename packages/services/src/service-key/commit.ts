import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import type { CallInfo, Database, Transaction } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';

/** Commits a change that a command makes in one transaction with its security event, which names what was changed. */
export function commitByCommand(database: Database, call: CallInfo, action: string) {
  return <Made>(change: (tx: Transaction) => Promise<Made>): Promise<Made> =>
    database.withoutAccount.write({}, async (tx) => {
      const made = await change(tx);
      if (!isRefusal(made)) await insertSecurityEvent(tx, call, action, subjectOf(made));
      return made;
    });
}

function subjectOf(made: unknown): Record<string, string> {
  return typeof made === 'object' && made !== null && 'id' in made ? { subject: String(made.id) } : {};
}
