import { type AccountAccess, accountAt, findAccountAccess } from '@tenantry/db/access/queries';
import { accountOfInvoice, accountOfPayment, accountOfSubscription } from '@tenantry/db/staff/queries';
import type { Database } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type Standing, standing } from '@tenantry/domain/standing';
import { timeAhead } from '@tenantry/domain/time';
import type { AccountField } from '../terms.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The account of a staff procedure, with its standing at the time of the call; staff may act on any standing. */
export interface StaffAccount {
  account: AccountAccess;
  standing: Standing;
}

/** How each input field leads to an account. */
const accountOf: Record<AccountField, (database: Database, id: string) => Promise<string | undefined>> = {
  accountId: async (_database, id) => id,
  subscriptionId: (database, id) => database.withoutAccount.read({}, (tx) => accountOfSubscription(tx, id)),
  invoiceId: (database, id) => database.withoutAccount.read({}, (tx) => accountOfInvoice(tx, id)),
  paymentId: (database, id) => database.withoutAccount.read({}, (tx) => accountOfPayment(tx, id)),
};

/**
 * The account that the input names, before the input is checked; undefined when it names none, which the schema of the
 * input refuses afterwards. Refuses `not_found` for an account that does not exist, and for fields that name different
 * accounts.
 */
export async function resolveStaffAccount(
  database: Database,
  fields: readonly AccountField[],
  rawInput: unknown,
  now: Date,
): Promise<StaffAccount | undefined | Refusal<'not_found'>> {
  const named: (string | undefined)[] = [];
  for (const field of fields) {
    const id = idIn(rawInput, field);
    if (id !== undefined) named.push(await accountOf[field](database, id));
  }
  const [accountId] = named;
  if (named.length === 0) return undefined;
  if (accountId === undefined || named.some((other) => other !== accountId)) return refuse('not_found');
  const stored = await findAccountAccess(database, accountId);
  if (stored === undefined) return refuse('not_found');
  const account = accountAt(stored, now);
  const at = timeAhead(now, account.aheadMilliseconds);
  return { account, standing: standing(account, account.subscription, account.plan, at) };
}

function idIn(input: unknown, field: AccountField): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const value: unknown = Object.hasOwn(input, field) ? Reflect.get(input, field) : undefined;
  return typeof value === 'string' && uuidPattern.test(value) ? value.toLowerCase() : undefined;
}
