import type { Payment } from '@tenantry/client';
import { currencyDigits } from '@tenantry/domain/currency';
import { formatMoney } from '@tenantry/ui/format/money';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

/** Books that money of a payment was sent back. */
export function RefundPayment({ payment, close }: { readonly payment: Payment; readonly close: () => void }) {
  const { id: paymentId, total, refunded, payerName } = payment;
  const { currency } = total;
  const digits = currencyDigits(currency);
  const left = total.amount - refunded.amount;
  const [given, setGiven] = useState<number | string>(left / 10 ** digits);
  const amount = Math.round(Number(given) * 10 ** digits);
  const isValid = Number.isSafeInteger(amount) && amount > 0 && amount <= left;
  return (
    <ReasonDialog
      title={`Refund ${payerName}`}
      effect={
        amount === left
          ? `All that is left of the payment, ${formatMoney(left, currency)}, is booked as sent back. What its invoice began ends: its periods, and the credits that are left.`
          : `${isValid ? formatMoney(amount, currency) : 'The amount'} is booked as sent back: from the balance of the account first, and then from the paid invoice. Nothing else changes.`
      }
      action="Refund"
      isDangerous
      isReady={isValid}
      change={({ reason, idempotencyKey }) =>
        send(api.payment.refund.mutationOptions(once(idempotencyKey)), { paymentId, amount, reason })
      }
      done={`${formatMoney(amount, currency)} are booked as sent back to ${payerName}.`}
      close={close}
    >
      <NumberInput
        label={`Amount in ${currency}`}
        description="You send the money yourself, from your bank."
        required
        decimalScale={digits}
        min={0}
        max={left / 10 ** digits}
        value={given}
        onChange={setGiven}
        data-autofocus
      />
    </ReasonDialog>
  );
}
