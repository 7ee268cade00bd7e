import type { BankLine } from '@tenantry/domain/statement/event';
import type { MatchCandidate } from '@tenantry/domain/statement/match';
import { termsOfLine } from '@tenantry/domain/statement/terms';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** An invoice that some of the lines may pay; which of them, the rule decides. */
type FoundInvoice = Omit<MatchCandidate, 'isKnownAccount'>;

const othersThanPlain = "'[^A-Z0-9]', '', 'g'";

/** How many open invoices of one amount are looked at, newest first. */
const sameAmountMax = 200;

const invoices = `with wanted as (
  select account_id, invoice_id as id from invoice_directory where reference = any($1::text[])
  union select account_id, id from invoice where regexp_replace(upper(number), ${othersThanPlain}) = any($2::text[])
  union select account_id, invoice_id from payment
    where status = 'pending_approval' and regexp_replace(upper(external_payment_id), ${othersThanPlain}) = any($3::text[])
  union select account_id, id from invoice where status in ('open', 'partially_paid') and account_id = any($4::uuid[])
  union select same.account_id, same.id from unnest($5::text[], $6::bigint[]) as money (currency, amount) cross join lateral (
    select account_id, id from invoice where invoice.currency = money.currency and invoice.amount - invoice.amount_paid = money.amount
      and status in ('open', 'partially_paid') order by id desc limit ${sameAmountMax}) same)
select invoice.account_id as "accountId", account.name as "accountName", invoice.id as "invoiceId", invoice.number as "invoiceNumber",
  invoice.reference, invoice.status as "invoiceStatus", (invoice.amount - invoice.amount_paid)::float8 as due, invoice.currency, pending.payment
from wanted join invoice on invoice.account_id = wanted.account_id and invoice.id = wanted.id
join account on account.id = invoice.account_id
left join lateral (select jsonb_build_object('id', payment.id, 'amount', payment.amount, 'payerName', payment.payer_name,
    'externalPaymentId', payment.external_payment_id) as payment
  from payment where payment.account_id = invoice.account_id and payment.invoice_id = invoice.id
    and payment.status = 'pending_approval' order by payment.id limit 1) pending on true`;

const knownAccounts = `select distinct payload ->> 'counterpartyAccount' as counterparty, outcome ->> 'accountId' as "accountId"
from provider_event where provider = 'bank_statement' and status = 'processed' and payload ->> 'counterpartyAccount' = any($1::text[])`;

/** For each line the invoices of all accounts that it may pay; for staff only. */
export async function findCandidates(
  tx: Transaction,
  lines: readonly BankLine[],
): Promise<MatchCandidate[][]> {
  if (lines.length === 0) return [];
  const terms = lines.map((line) => termsOfLine(line));
  const counterparties = lines.flatMap(({ counterpartyAccount }) => counterpartyAccount ?? []);
  const known = await rows<{ counterparty: string; accountId: string }>(tx, knownAccounts, [counterparties]);
  const found = await rows<FoundInvoice>(tx, invoices, [
    terms.flatMap(({ references }) => references),
    terms.flatMap(({ numbers }) => numbers),
    terms.flatMap(({ bankReferences }) => bankReferences),
    known.map(({ accountId }) => accountId),
    lines.map(({ currency }) => currency),
    lines.map(({ amount }) => amount),
  ]);
  return lines.map((line) => {
    const accounts = new Set(
      known
        .filter(({ counterparty }) => counterparty === line.counterpartyAccount)
        .map(({ accountId }) => accountId),
    );
    return found.map((invoice) => ({ ...invoice, isKnownAccount: accounts.has(invoice.accountId) }));
  });
}
