import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { moneyBalance } from '@tenantry/db/billing/money';
import {
  findExternalReference,
  findInvoice,
  findPayment,
  findProof,
  openInvoices,
  pendingPayments,
} from '@tenantry/db/billing/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import {
  onlyInvoice,
  refusalIfCurrencyDiffers,
  refusalIfMoneyDiffers,
} from '@tenantry/domain/billing/confirm';
import { refusalIfUncountable } from '@tenantry/domain/billing/arrival';
import { isPayable } from '@tenantry/domain/invoice/status';
import { normaliseReference } from '@tenantry/domain/money';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { whyClosed } from './why-closed.ts';

/** What a bank transfer is for: a payment that was booked under its reference before, or an invoice that it pays. */
type FoundTransfer =
  | { kind: 'booked'; reference: string; payment: Payment }
  | {
      kind: 'new';
      reference: string;
      invoice: Invoice;
      /** The payment that waits for this money; undefined where nobody reported it. */
      payment: Payment | undefined;
    };

type Refused =
  | 'invalid_input'
  | 'role_forbids'
  | 'not_found'
  | 'reference_taken'
  | 'amount_mismatch'
  | 'currency_mismatch'
  | 'invoice_ambiguous'
  | 'payment_state';

/**
 * Finds what money that arrived is for. Writes nothing, so that a preview and the confirmation decide by the same. Refuses
 * what the confirmation of a bank transfer refuses, but for the second approver.
 */
export async function findTransfer(
  tx: AccountTransaction,
  input: ConfirmBankTransferInput,
): Promise<FoundTransfer | Refusal<Refused>> {
  const reference = normaliseReference(input.externalPaymentId);
  if (reference === '') return refuse('invalid_input', emptyReference);
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const known = await findExternalReference(tx, reference);
  if (known === null) return findNew(tx, reference, input);
  return findBooked(tx, { reference, paymentId: known.paymentId }, input);
}

const emptyReference = { errors: [{ path: 'externalPaymentId', message: 'has no letter or digit' }] };

/** The payment that a reference was booked for, for the same payment and money. That of another account is not to be seen. */
async function findBooked(
  tx: AccountTransaction,
  known: { reference: string; paymentId: string },
  { amount, currency, paymentId }: ConfirmBankTransferInput,
): Promise<FoundTransfer | Refusal<Refused>> {
  const payment = await findPayment(tx, known.paymentId);
  if (payment === null || (paymentId !== undefined && paymentId !== payment.id))
    return refuse('reference_taken');
  const mismatch = refusalIfMoneyDiffers(payment, { amount, currency });
  return mismatch ?? { kind: 'booked', reference: known.reference, payment };
}

async function findNew(
  tx: AccountTransaction,
  reference: string,
  input: ConfirmBankTransferInput,
): Promise<FoundTransfer | Refusal<Refused>> {
  const named = input.paymentId === undefined ? undefined : await findPayment(tx, input.paymentId);
  if (named === null) return refuse('not_found');
  if (named !== undefined && refusalIfNotPending(named.status) !== undefined)
    return refuse('payment_state', { reason: named.status });
  const invoice = await invoiceToPay(tx, input.invoiceId, named);
  if (isRefusal(invoice)) return invoice;
  if (!isPayable(invoice.status) && input.toBalance !== true) return whyClosed(invoice);
  const { amount, currency } = input;
  const mismatch = refusalIfCurrencyDiffers(expectedOf(invoice), { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const uncountable = refusalIfUncountable(amount, await moneyBalance(tx, currency));
  if (uncountable !== undefined) return uncountable;
  const payment = named ?? (await pendingPayments(tx, invoice.id))[0];
  if (input.proofId !== undefined && (await findProof(tx, input.proofId))?.paymentId !== payment?.id)
    return refuse('not_found');
  return { kind: 'new', reference, invoice, payment };
}

/** What is due on an invoice. */
const expectedOf = ({ amount, amountPaid, currency }: Invoice) => ({ amount: amount - amountPaid, currency });

/**
 * The invoice that the money is for: the one that is named, else that of the payment, else the one that is open. A
 * payment is for another invoice than its own only where its own is void.
 */
async function invoiceToPay(
  tx: AccountTransaction,
  invoiceId: string | undefined,
  payment: Payment | undefined,
): Promise<Invoice | Refusal<'not_found' | 'invoice_ambiguous' | 'payment_state'>> {
  const id = invoiceId ?? payment?.invoiceId;
  if (id === undefined) return onlyInvoice(await openInvoices(tx));
  const invoice = await findInvoice(tx, id);
  if (invoice === null) return refuse('not_found');
  if (payment === undefined || payment.invoiceId === id) return invoice;
  const own = await findInvoice(tx, payment.invoiceId);
  return own?.status === 'void' ? invoice : refuse('payment_state', { reason: own?.status ?? 'open' });
}
