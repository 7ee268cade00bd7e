import { accountExists, getAccount, lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow } from '../ports.ts';

/** What staff does to an account, with its reason for the audit. */
export interface StaffChange {
  accountId: string;
  action: string;
  subjectId: string;
  facts: Record<string, string>;
}

/** An answer that changed nothing, and so leaves no audit row: the same callInfo was done before. */
export class Unchanged<T> {
  readonly answer: T;
  constructor(answer: T) {
    this.answer = answer;
  }
}

/**
 * Runs a callInfo of staff in one transaction of the account, with the account locked and the audit row beside it.
 * Refuses `not_found` when there is no such account.
 */
export function onAccount<T>(
  { database, callInfo }: Flow,
  { accountId, action, subjectId, facts }: StaffChange,
  work: (tx: AccountTransaction) => Promise<T | Unchanged<T> | Refusal>,
): Promise<T | Refusal> {
  return database.inAccount.write<T | Refusal>({ accountId }, callInfo, async (tx) => {
    if (!(await accountExists(tx))) return refuse('not_found');
    await lockAccount(tx);
    const answer = await work(tx);
    if (answer instanceof Unchanged) return answer.answer;
    if (!isRefusal(answer)) await insertAuditEntry(tx, action, subjectId, facts);
    return answer;
  });
}

/** The account as staff see it. */
export async function staffAccountView(tx: AccountTransaction) {
  const { id, name, status, statusReason, paymentMethod, createdAt } = await getAccount(tx);
  return { id, name, status, statusReason: statusReason ?? null, paymentMethod, createdAt };
}
