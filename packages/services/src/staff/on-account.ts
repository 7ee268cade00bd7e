import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { recordDeed } from '@tenantry/db/audit/queries';
import { Account } from '@tenantry/db/account/entity';
import type { Records } from '@tenantry/db/transact';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow } from '../ports.ts';

/** What staff does to an account, with its reason for the audit. */
export interface StaffDeed {
  accountId: string;
  action: string;
  subjectId: string;
  facts: Record<string, string>;
}

/** An answer that changed nothing, and so leaves no audit row: the same deed was done before. */
export class Unchanged<T> {
  readonly answer: T;
  constructor(answer: T) {
    this.answer = answer;
  }
}

/**
 * Runs a deed of staff in one transaction of the account, with the account locked and the audit row beside it.
 * Refuses `not_found` when there is no such account.
 */
export function onAccount<T>(
  { database, deed }: Flow,
  { accountId, action, subjectId, facts }: StaffDeed,
  work: (records: Records) => Promise<T | Unchanged<T> | Refusal>,
): Promise<T | Refusal> {
  return database.transact<T | Refusal>({ accountId }, deed, async (records) => {
    if ((await records.em.count(Account, { id: accountId })) === 0) return refuse('not_found');
    await lockAccount(records);
    const answer = await work(records);
    if (answer instanceof Unchanged) return answer.answer;
    if (!isRefusal(answer)) await recordDeed(records, action, subjectId, facts);
    return answer;
  });
}

/** The account as staff see it. */
export async function staffAccountView(records: Records) {
  const { id, name, status, statusReason, paymentMethod, createdAt } = await getAccount(records);
  return { id, name, status, statusReason: statusReason ?? null, paymentMethod, createdAt };
}
