import type { CreditEntry } from '@tenantry/client';
import { formatNumber } from '@tenantry/ui/format/number';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

interface RefundChargeProps {
  readonly accountId: string;
  readonly entry: CreditEntry;
  readonly close: () => void;
}

/** Gives a charge back, whole or in part. */
export function RefundCharge({ accountId, entry, close }: RefundChargeProps) {
  const [given, setGiven] = useState<number | string>(entry.amount);
  const amount = Number(given);
  const isValid = Number.isInteger(amount) && amount > 0 && amount <= entry.amount;
  return (
    <ReasonDialog
      title={`Refund the charge of ${formatNumber(entry.amount)} credits`}
      effect={`${isValid ? formatNumber(amount) : 'The'} credits go back to the grants that paid, and can be spent again. A charge is refunded once.`}
      action="Refund"
      isReady={isValid}
      change={({ reason, idempotencyKey }) =>
        send(api.credit.reverse.mutationOptions(once(idempotencyKey)), {
          accountId,
          entryId: entry.id,
          amount,
          reason,
        })
      }
      done={`${formatNumber(amount)} credits are given back.`}
      close={close}
    >
      <NumberInput
        label="Credits"
        required
        allowDecimal={false}
        min={1}
        max={entry.amount}
        value={given}
        onChange={setGiven}
      />
    </ReasonDialog>
  );
}
