import type { StaffAccountDetail } from '@tenantry/client';
import { formatWords } from '@tenantry/ui/format/words';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { Select } from '@mantine/core';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

const methods = [
  { value: 'bank_transfer', label: 'Bank transfer', disabled: false },
  { value: 'stripe', label: 'Stripe (coming soon)', disabled: true },
  { value: 'paypal', label: 'PayPal (coming soon)', disabled: true },
];

/** Changes how an account pays. */
export function SetPaymentMethod({
  account,
  close,
}: {
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}) {
  const { id: accountId, name, subscription } = account;
  return (
    <ReasonDialog
      title={`Change how ${name} pays`}
      effect={`It pays by ${formatWords(subscription.paymentMethod).toLowerCase()} now. Its next invoices are paid by bank transfer; what is open stays as it is.`}
      action="Change"
      change={({ reason, idempotencyKey }) =>
        send(api.subscription.setPaymentMethod.mutationOptions(once(idempotencyKey)), {
          accountId,
          paymentMethod: 'bank_transfer',
          reason,
        })
      }
      done={`${name} pays by bank transfer.`}
      close={close}
    >
      <Select label="Pays by" data={methods} value="bank_transfer" allowDeselect={false} />
    </ReasonDialog>
  );
}
