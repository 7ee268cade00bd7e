import { lockAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { insertMoneyEntry } from '@tenantry/db/billing/money';
import type { Invoice } from '@tenantry/db/billing/entity';
import { findInvoice, pendingPayments } from '@tenantry/db/billing/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { InvoiceInput } from '@tenantry/contract/invoice';
import { type InvoiceVoidReason, nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { payFromBalance } from '../billing/fulfil.ts';
import type { Context } from '../context.ts';
import { invoiceView } from './view.ts';

/**
 * Cancels an open invoice that nobody says is paid. Refuses `not_found`, and `payment_state` for an invoice that is not
 * open, or has a bank transfer that waits for staff: its money may be on the way.
 */
export async function cancelInvoice({ tx }: Context, { invoiceId }: InvoiceInput) {
  await lockAccount(tx);
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  if ((await pendingPayments(tx, invoice.id)).length > 0) return refuse('payment_state');
  const refusal = await voidInvoice(tx, invoice, 'cancelled');
  if (refusal !== undefined) return refusal;
  await payFromBalance({ tx }, invoice.currency);
  return invoiceView(tx, invoice);
}

/**
 * Makes an open invoice void. What was paid of it goes back to the balance of the account, from which the caller pays
 * what else is due. Bank transfers of it that wait for staff stay in their queue, so that money which arrives
 * for them is seen. The account is locked. Refuses `payment_state` with the reason for one that is not open.
 */
export async function voidInvoice(
  tx: AccountTransaction,
  invoice: Invoice,
  reason: InvoiceVoidReason,
): Promise<Refusal<'payment_state'> | undefined> {
  const status = nextInvoiceStatus(invoice.status, 'void');
  if (isRefusal(status)) return status;
  const { id: invoiceId, amountPaid: amount, currency } = invoice;
  if (amount > 0) await insertMoneyEntry(tx, { kind: 'release', amount, currency, invoiceId });
  await updateRow(tx, invoice, {
    status,
    amountPaid: 0,
    voidReason: reason,
    voidedAt: tx.now,
    voidedBy: tx.actorName,
  });
  await enqueueOutboxMessage(tx, 'invoice.voided', { invoiceId, reason });
  return undefined;
}
