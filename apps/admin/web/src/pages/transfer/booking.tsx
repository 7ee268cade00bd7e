import type { QueuedPayment, TransferPreview } from '@tenantry/client';
import { currencyDigits } from '@tenantry/domain/currency';
import { Fault } from '@tenantry/ui/problem';
import { problemOf } from '@tenantry/client';
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import { AskDialog, RejectDialog } from './decline.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { editableAmount, minorUnitsOf } from './difference.ts';
import { Effect } from './effect.tsx';
import { useKeys } from './use-list-keys.ts';

interface BookingProps {
  readonly payment: QueuedPayment;
  readonly next: () => void;
}

/** The fields of a confirmation, what it will do, and the decisions. */
export function Booking({ payment, next }: BookingProps) {
  const digits = currencyDigits(payment.currency);
  const [bankReference, setBankReference] = useState(payment.externalPaymentId ?? '');
  const [amountText, setAmountText] = useState(editableAmount(payment.amount, digits));
  const [payerName, setPayerName] = useState(payment.payerName);
  const [toBalance, setToBalance] = useState(false);
  const [open, setOpen] = useState<'confirm' | 'reject' | 'ask'>();
  const referenceField = useRef<HTMLInputElement>(null);
  const amount = minorUnitsOf(amountText, digits);
  const { id: paymentId, accountId, currency } = payment;
  const isComplete = bankReference.trim() !== '' && payerName.trim() !== '' && (amount ?? 0) > 0;
  const money = {
    accountId,
    paymentId,
    currency,
    amount: amount ?? 1,
    payerName: payerName.trim() || payment.payerName,
    // What follows does not depend on the reference, unless it was booked before.
    externalPaymentId: bankReference.trim() || paymentId,
    ...(toBalance ? { toBalance } : {}),
  };
  const [asked] = useDebouncedValue(money, 250);
  const preview = useQuery(
    api.billing.previewBankTransfer.queryOptions(asked, {
      enabled: amount !== undefined && amount > 0,
      placeholderData: keepPreviousData,
    }),
  );
  const isClosed = problemOf(preview.error)?.code === 'payment_state';
  const decision = decisionOf(preview.data);
  // What is confirmed is what the preview has shown: the dialog waits for it.
  const isFresh = preview.isSuccess && !preview.isPlaceholderData && isSame(asked, money);
  const confirm = () => {
    if (!isComplete) referenceField.current?.focus();
    else setOpen('confirm');
  };
  const close = () => setOpen(undefined);
  const edit = (change: () => void) => {
    close();
    change();
  };
  useKeys({ c: confirm, r: () => setOpen('reject'), a: () => setOpen('ask'), o: openProof });
  return (
    <Stack gap="sm">
      <TextInput
        ref={referenceField}
        label="Reference of the bank"
        description="As it stands on the bank’s statement. It is booked once."
        required
        maxLength={140}
        value={bankReference}
        onChange={(event) => edit(() => setBankReference(event.currentTarget.value))}
      />
      <Group grow align="flex-start">
        <TextInput
          label={`Amount that arrived (${currency})`}
          inputMode="decimal"
          required
          value={amountText}
          error={amount === undefined ? 'Not an amount of this currency.' : null}
          onChange={(event) => edit(() => setAmountText(event.currentTarget.value))}
        />
        <TextInput
          label="Payer"
          required
          maxLength={200}
          value={payerName}
          onChange={(event) => edit(() => setPayerName(event.currentTarget.value))}
        />
      </Group>
      {isClosed || toBalance ? (
        <Checkbox
          label="Book it to the balance of the account: it came twice, or too late"
          checked={toBalance}
          onChange={(event) => edit(() => setToBalance(event.currentTarget.checked))}
        />
      ) : null}
      {preview.isError ? <Fault fault={preview.error} retry={() => void preview.refetch()} /> : null}
      {preview.data === undefined || preview.isError ? null : <Effect preview={preview.data} />}
      <Group gap="xs">
        <Button
          onClick={confirm}
          disabled={decision === undefined}
          loading={open === 'confirm' && !isFresh && !preview.isError}
        >
          {decision === 'approve' ? 'Approve …' : 'Confirm …'}
        </Button>
        <Button variant="default" onClick={() => setOpen('reject')}>
          Reject …
        </Button>
        <Button variant="default" onClick={() => setOpen('ask')}>
          Ask for a proof …
        </Button>
      </Group>
      {open === 'confirm' && isFresh && decision !== undefined ? (
        <ConfirmDialog
          money={money}
          preview={preview.data}
          decision={decision}
          payment={payment}
          next={next}
          close={close}
        />
      ) : null}
      {open === 'reject' ? <RejectDialog payment={payment} next={next} close={close} /> : null}
      {open === 'ask' ? <AskDialog payment={payment} next={next} close={close} /> : null}
    </Stack>
  );
}

/** Whether two inputs are the same. */
const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the signed-in person can do with the money; undefined for nothing. */
export function decisionOf(preview: TransferPreview | undefined): 'confirm' | 'approve' | undefined {
  if (preview === undefined) return undefined;
  if (preview.approval === 'missing') return 'approve';
  return preview.approval === 'not_needed' || preview.approval === 'given' ? 'confirm' : undefined;
}

/** Opens the first proof that is shown. */
function openProof(): void {
  document.querySelector<HTMLAnchorElement>('a[data-proof]')?.click();
}
