import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** The sealed secrets of an endpoint; `accountId` is null for one of the operator. */
export interface SealedEndpoint {
  accountId: string | null;
  id: string;
  secret: string;
  previousSecret: string | null;
}

const all = `select account_id as "accountId", id, secret, previous_secret as "previousSecret" from webhook_endpoint
    where deleted_at is null
  union all select null, id, secret, previous_secret from operator_webhook_endpoint where deleted_at is null`;

/** The sealed secrets of every endpoint, as the owner of the schema sees them. */
export function listSealedSecrets(tx: Transaction): Promise<SealedEndpoint[]> {
  return rows(tx, all);
}

const replaceOwn = `update webhook_endpoint set secret = $3, previous_secret = $4
  where account_id = $1 and id = $2 and secret = $5 and previous_secret is not distinct from $6`;
const replaceOperators = `update operator_webhook_endpoint set secret = $2, previous_secret = $3
  where id = $1 and secret = $4 and previous_secret is not distinct from $5`;

/** Replaces the sealed secrets of an endpoint, unless they have changed since they were read. */
export async function replaceSealedSecrets(
  tx: Transaction,
  before: SealedEndpoint,
  after: Pick<SealedEndpoint, 'secret' | 'previousSecret'>,
): Promise<void> {
  const values = [after.secret, after.previousSecret, before.secret, before.previousSecret];
  await (before.accountId === null
    ? rows(tx, replaceOperators, [before.id, ...values])
    : rows(tx, replaceOwn, [before.accountId, before.id, ...values]));
}
