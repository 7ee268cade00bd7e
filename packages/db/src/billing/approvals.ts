import type { Approval } from '@tenantry/domain/billing/approval';
import type { Money } from '@tenantry/domain/money';
import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

const find = `select approved_by as "approvedBy", amount::float8 as amount, currency from payment_approval
  where account_id = $1 and payment_id = $2`;

/** The first approval of a payment's money, or undefined. */
export async function findApproval(tx: AccountTransaction, paymentId: string): Promise<Approval | undefined> {
  const [approval] = await rows<Approval>(tx, find, [tx.accountId, paymentId]);
  return approval;
}

const insert = `insert into payment_approval (account_id, payment_id, approved_by, at, reference, invoice_id, amount, currency)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Writes the first approval of a payment's money; the primary key refuses a second one. */
export async function insertApproval(
  tx: AccountTransaction,
  approved: Money & { paymentId: string; invoiceId: string; reference: string },
): Promise<void> {
  const { accountId, actorName, now } = tx;
  const { paymentId, invoiceId, reference, amount, currency } = approved;
  const facts = [now.toISOString(), reference, invoiceId, amount, currency];
  await rows(tx, insert, [accountId, paymentId, actorName, ...facts]);
}

const ask = `insert into payment_proof_request (account_id, id, payment_id, at, asked_by, reason) values ($1, $2, $3, $4, $5, $6)`;

/** Writes that the payer of a payment was asked for a proof, and why. */
export async function insertProofRequest(
  tx: AccountTransaction,
  { paymentId, reason }: { paymentId: string; reason: string },
): Promise<void> {
  const { accountId, actorName, now } = tx;
  await rows(tx, ask, [accountId, newId(), paymentId, now.toISOString(), actorName, reason]);
}
