import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { Database, CallInfo, Transaction } from '../transaction.ts';
import { actorFacts, actorName } from '@tenantry/domain/actor';
import type { InvoiceStatus } from '@tenantry/domain/invoice/status';
import type { PaymentStatus } from '@tenantry/domain/payment/status';
import { type Page, type PageInput, pageOf, idOfCursor } from '../page.ts';
import { contentOf, hashAfter, stripeOf } from '../audit/chain.ts';
import { Staff } from './entity.ts';

/** Staff of an address, or null. Only the admin role sees this table. */
export function findStaffByEmail(database: Database, emailDigest: string): Promise<Staff | null> {
  return database.withoutAccount.read({}, ({ em }) => em.findOne(Staff, { emailDigest }));
}

/** One member of staff, in a transaction of its own. */
export function findStaff(database: Database, id: string): Promise<Staff> {
  return database.withoutAccount.read({}, (tx) => getStaff(tx, id));
}

/** One member of staff. */
export function getStaff({ em }: Transaction, id: string): Promise<Staff> {
  return em.findOneOrFail(Staff, { id });
}

const lockStaff = 'select password_hash from staff where id = $1 and disabled_at is null for no key update';

/**
 * Locks a member of staff until the transaction ends, and says whether this is their password's hash. A disabled member
 * has none.
 */
export async function isStaffPassword(
  tx: Transaction,
  staffId: string,
  passwordHash: string,
): Promise<boolean> {
  const [staff] = await rows<{ password_hash: string }>(tx, lockStaff, [staffId]);
  return staff?.password_hash === passwordHash;
}

/** Gives a member of staff another hash of their password. */
export async function setStaffPasswordHash(tx: Transaction, staffId: string, hash: string): Promise<void> {
  await rows(tx, 'update staff set password_hash = $1 where id = $2', [hash, staffId]);
}

const insertEvent = `with placed as (
  insert into security_event_head as head (stripe, sequence, hash) values ($1, 1, ${hashAfter("''", '1', '$8::text')})
  on conflict (stripe) do update set sequence = head.sequence + 1,
    hash = ${hashAfter('head.hash', 'head.sequence + 1', '$8::text')}
  returning stripe, sequence, hash)
insert into security_event (id, at, action, actor, request_id, facts, stripe, sequence, hash)
select $2::uuid, $3::timestamptz, $4, $5, $6, $7::jsonb, stripe, sequence, hash from placed`;

/** Writes down a change without an account, in the transaction of the change, at the end of its actor's chain. */
export async function insertSecurityEvent(
  { em }: Transaction,
  { actor: by, requestId, now: at }: CallInfo,
  action: string,
  given: Record<string, string>,
): Promise<void> {
  const id = newId();
  const facts = { ...given, ...actorFacts(by) };
  const actor = actorName(by);
  const recorded = { accountId: null, id, at, action, actor, requestId, subjectId: null, facts };
  const values = [id, at.toISOString(), action, actor, requestId, JSON.stringify(facts), contentOf(recorded)];
  await rows({ em }, insertEvent, [stripeOf(actor), ...values]);
}

/** Writes down what was refused, in a transaction of its own, whatever becomes of the call's. */
export function recordSecurityEvent(
  database: Database,
  call: CallInfo,
  action: string,
  facts: Record<string, string>,
): Promise<void> {
  return database.withoutAccount.write({}, (tx) => insertSecurityEvent(tx, call, action, facts));
}

/** The account that a subscription belongs to, in whichever account it is. */
export async function accountOfSubscription(tx: Transaction, id: string): Promise<string | undefined> {
  const [owner] = await rows<{ account_id: string }>(
    tx,
    'select account_id from subscription where id = $1',
    [id],
  );
  return owner?.account_id;
}

/** The account that a payment belongs to, in whichever account it is. */
export async function accountOfPayment(tx: Transaction, id: string): Promise<string | undefined> {
  const [owner] = await rows<{ account_id: string }>(tx, 'select account_id from payment where id = $1', [
    id,
  ]);
  return owner?.account_id;
}

/** The account that an invoice belongs to, in whichever account it is. */
export async function accountOfInvoice(tx: Transaction, id: string): Promise<string | undefined> {
  const [owner] = await rows<{ account_id: string }>(tx, 'select account_id from invoice where id = $1', [
    id,
  ]);
  return owner?.account_id;
}

/** A payment as it waits in the queue. */
export interface QueuedPayment {
  id: string;
  accountId: string;
  accountName: string;
  invoiceId: string;
  invoiceStatus: InvoiceStatus;
  reference: string;
  amount: number;
  /** What is due on the invoice. */
  due: number;
  currency: string;
  payerName: string;
  externalPaymentId: string | null;
  status: PaymentStatus;
  createdAt: string;
  waitingSeconds: number;
  proofs: number;
  approvedBy: string | null;
  askedAt: string | null;
}

const queued = `select payment.id, payment.account_id as "accountId", account.name as "accountName", payment.invoice_id as "invoiceId",
invoice.status as "invoiceStatus", invoice.reference, payment.amount::float8 as amount, payment.currency, payment.payer_name as "payerName",
payment.external_payment_id as "externalPaymentId", payment.status,
(invoice.amount - invoice.amount_paid)::float8 as due,
greatest(0, floor(extract(epoch from $4::timestamptz - payment.created_at)))::float8 as "waitingSeconds",
(select count(*) from payment_proof proof where proof.account_id = payment.account_id and proof.payment_id = payment.id)::int as proofs,
(select approved_by from payment_approval first where first.account_id = payment.account_id and first.payment_id = payment.id) as "approvedBy",
(select to_char(max(request.at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from payment_proof_request request
  where request.account_id = payment.account_id and request.payment_id = payment.id) as "askedAt",
to_char(payment.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
from payment join account on account.id = payment.account_id
join invoice on invoice.account_id = payment.account_id and invoice.id = payment.invoice_id
where payment.status = $1`;
const queues = {
  newest: `${queued} and ($2::uuid is null or payment.id < $2) order by payment.id desc limit $3`,
  oldest: `${queued} and ($2::uuid is null or payment.id > $2) order by payment.id limit $3`,
} as const;

/** The payments of all accounts in one state. */
export async function listPaymentQueue(
  tx: Transaction,
  { status, order, limit, cursor }: PageInput & { status: PaymentStatus; order: keyof typeof queues },
  now: Date,
): Promise<Page<QueuedPayment>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  const waiting = await rows<QueuedPayment>(tx, queues[order], [
    status,
    before,
    limit + 1,
    now.toISOString(),
  ]);
  return pageOf(waiting, limit, (row) => row.id);
}
