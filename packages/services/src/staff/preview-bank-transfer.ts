import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { findApproval } from '@tenantry/db/billing/approvals';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { moneyBalance } from '@tenantry/db/billing/money';
import { findInvoice, openInvoices } from '@tenantry/db/billing/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type ApprovalState, approvalState } from '@tenantry/domain/billing/approval';
import { applyArrival } from '@tenantry/domain/billing/arrival';
import { isPayable } from '@tenantry/domain/invoice/status';
import { isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoiceView } from '../invoice/view.ts';
import { paymentView } from '../payment/view.ts';
import { findTransfer } from './find-transfer.ts';

/** What is due on an invoice that takes money. */
const payable = (invoice: Invoice) => ({ id: invoice.id, due: invoice.amount - invoice.amountPaid });

/**
 * What the confirmation of a bank transfer would do, found and computed as the confirmation does: which invoices the money
 * pays, what is left due, what becomes the balance, and whose approval it needs. Writes nothing. Refuses what the
 * confirmation refuses, but for a missing approval, which it tells.
 */
export async function previewBankTransfer(
  { tx, approvals }: Context<'approvals'>,
  input: ConfirmBankTransferInput,
) {
  const found = await findTransfer(tx, input);
  if (isRefusal(found)) return found;
  const { amount, currency } = input;
  const balance = await moneyBalance(tx, currency);
  const arrived = { amount, currency };
  if (found.kind === 'booked') {
    const { payment } = found;
    const invoice = await getInvoice(tx, payment);
    const shown = { payment: paymentView(payment), invoice: await invoiceView(tx, invoice), arrived };
    const unchanged = { difference: 0, applied: [], balanceBefore: balance, balanceAfter: balance };
    return {
      ...shown,
      ...unchanged,
      isBooked: true,
      approval: 'not_needed' as ApprovalState,
      approvedBy: null,
    };
  }
  const { invoice, payment } = found;
  const approval = payment && (await findApproval(tx, payment.id));
  const amounts = approvals.secondApproverAmounts;
  const isTaken = isPayable(invoice.status);
  const effect = await effectOf(tx, isTaken ? invoice : undefined, { arrived, balance });
  return {
    payment: payment === undefined ? null : paymentView(payment),
    invoice: await invoiceView(tx, invoice),
    arrived,
    difference: amount - (isTaken ? payable(invoice).due : 0),
    ...effect,
    balanceBefore: balance,
    isBooked: false,
    approval: approvalState(arrived, { approval, by: tx.actorName, amounts }),
    approvedBy: approval?.approvedBy ?? null,
  };
}

async function getInvoice(tx: AccountTransaction, { id, invoiceId }: Payment): Promise<Invoice> {
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) throw new Error(`The payment ${id} is for no invoice.`);
  return invoice;
}

/** What each invoice gets, and what the balance is then. */
async function effectOf(
  tx: AccountTransaction,
  named: Invoice | undefined,
  { arrived, balance }: { arrived: { amount: number; currency: string }; balance: number },
) {
  const { amount, currency } = arrived;
  const open = (await openInvoices(tx)).toReversed().filter((one) => one.currency === currency);
  const others = open.filter(({ id }) => id !== named?.id);
  const effect = applyArrival({ arrived: amount, balance }, named && payable(named), others.map(payable));
  const byId = new Map(open.map((one) => [one.id, one]));
  const applied = effect.applied.map(({ id, amount: paid, isPaid }) => {
    const invoice = byId.get(id);
    if (invoice === undefined) throw new Error(`The invoice ${id} is not open.`);
    const { number, kind } = invoice;
    const left = invoice.amount - invoice.amountPaid - paid;
    return { invoiceId: id, number, kind, amount: paid, due: left, isPaid };
  });
  return { applied, balanceAfter: effect.balance };
}
