import { invoiceEvents, invoiceStatuses, nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { nextPaymentStatus, paymentEvents, paymentStatuses } from '@tenantry/domain/payment/status';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { between, table } from './table.ts';

/** What each status becomes by each event, by the rule itself; a dash where the event is refused. */
function transitions<Status extends string, Event extends string>(
  statuses: readonly Status[],
  events: readonly Event[],
  next: (status: Status, event: Event) => Status | Refusal,
): string {
  const rows = statuses.map((status) => [
    `\`${status}\``,
    ...events.map((event) => {
      const after = next(status, event);
      return isRefusal(after) ? '–' : `\`${after}\``;
    }),
  ]);
  return table(['status', ...events.map((event) => `\`${event}\``)], rows);
}

/** The tables of transitions in `docs/bank-transfer.md`. */
export function transitionTables(document: string): string {
  const payments = transitions(paymentStatuses, paymentEvents, nextPaymentStatus);
  const invoices = transitions(invoiceStatuses, invoiceEvents, nextInvoiceStatus);
  return between(between(document, 'payments', payments), 'invoices', invoices);
}
