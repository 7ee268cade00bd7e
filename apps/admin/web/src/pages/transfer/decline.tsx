import type { QueuedPayment } from '@tenantry/client';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { formatMoney } from '@tenantry/ui/format/money';
import { client } from '../../api.ts';
import { refreshMoney } from './refresh.ts';

interface DeclineProps {
  readonly payment: QueuedPayment;
  readonly next: () => void;
  readonly close: () => void;
}

/** Rejects a transfer. The payer gets the reason and may report again. */
export function RejectDialog({ payment, next, close }: DeclineProps) {
  const { id: paymentId, accountName, amount, currency } = payment;
  const money = formatMoney(amount, currency);
  return (
    <ReasonDialog
      title={`Reject ${money} of ${accountName}`}
      effect="The invoice stays open, and the payer may report a transfer again. The reason is mailed to the owners and admins of the account."
      action="Reject"
      isDangerous
      change={async ({ reason, idempotencyKey }) => {
        await client.payment.reject.mutate({ paymentId, reason }, { context: { idempotencyKey } });
        next();
        await refreshMoney();
      }}
      done={`${money} of ${accountName} are rejected.`}
      close={close}
    />
  );
}

/** Asks the payer for a proof. The transfer goes on waiting. */
export function AskDialog({ payment, next, close }: DeclineProps) {
  const { id: paymentId, accountName } = payment;
  return (
    <ReasonDialog
      title={`Ask ${accountName} for a proof`}
      effect="The transfer goes on waiting. What you write is mailed to the owners and admins of the account, who can add a proof."
      action="Ask"
      change={async ({ reason, idempotencyKey }) => {
        await client.payment.askProof.mutate({ paymentId, reason }, { context: { idempotencyKey } });
        next();
        await refreshMoney();
      }}
      done={`${accountName} is asked for a proof.`}
      close={close}
    />
  );
}
