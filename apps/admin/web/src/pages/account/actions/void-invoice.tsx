import type { Invoice } from '@tenantry/client';
import { formatMoney } from '@tenantry/ui/format/money';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

/** Makes an open invoice void. */
export function VoidInvoice({ invoice, close }: { readonly invoice: Invoice; readonly close: () => void }) {
  const { id: invoiceId, number, due, paid } = invoice;
  const returned =
    paid.amount === 0
      ? ''
      : ` What was paid of it, ${formatMoney(paid.amount, paid.currency)}, becomes the balance of the account.`;
  return (
    <ReasonDialog
      title={`Void the invoice ${number}`}
      effect={`${formatMoney(due.amount, due.currency)} of it are not to be paid any more.${returned} Transfers that name it stay in the queue.`}
      action="Void"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.invoice.void.mutationOptions(once(idempotencyKey)), { invoiceId, reason })
      }
      done={`The invoice ${number} is void.`}
      close={close}
    />
  );
}
