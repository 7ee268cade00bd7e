import type { QueuedPayment, TransferPreview } from '@tenantry/client';
import { formatMoney } from '@tenantry/ui/format/money';
import { Fault } from '@tenantry/ui/problem';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../api.ts';
import { Effect } from './effect.tsx';
import { refreshMoney } from './refresh.ts';

/** Money that is confirmed or approved. */
interface ConfirmedMoney {
  readonly accountId: string;
  readonly paymentId: string;
  readonly externalPaymentId: string;
  readonly amount: number;
  readonly currency: string;
  readonly payerName: string;
  readonly toBalance?: boolean;
}

interface ConfirmDialogProps {
  readonly money: ConfirmedMoney;
  readonly preview: TransferPreview;
  readonly decision: 'confirm' | 'approve';
  readonly payment: QueuedPayment;
  readonly next: () => void;
  readonly close: () => void;
}

/** Says once more what will happen, and does it. The reference of the bank is the reason that stays on record. */
export function ConfirmDialog({ money, preview, decision, payment, next, close }: ConfirmDialogProps) {
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const { accountName } = payment;
  const amount = formatMoney(money.amount, money.currency);
  const isApproval = decision === 'approve';
  const send = useMutation({
    mutationFn: async () => {
      const context = { idempotencyKey };
      const { toBalance: _toBalance, ...approved } = money;
      if (isApproval) await client.payment.approve.mutate(approved, { context });
      else await client.billing.confirmBankTransfer.mutate(money, { context });
    },
    onSuccess: async () => {
      notifications.show({
        color: 'green',
        message: isApproval
          ? `${amount} of ${accountName} are approved. Somebody else confirms them.`
          : `${amount} of ${accountName} are booked.`,
      });
      close();
      next();
      await refreshMoney();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const title = `${isApproval ? 'Approve' : 'Confirm'} ${amount} of ${accountName}`;
  return (
    <Modal opened onClose={close} title={title} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <Alert color="blue" variant="light">
            {isApproval ? (
              <Text size="sm">
                Nothing is booked yet. Your approval is written down, and another member of staff confirms
                this amount.
              </Text>
            ) : (
              <Effect preview={preview} />
            )}
          </Alert>
          <Text size="sm">
            Reference of the bank: <strong>{money.externalPaymentId}</strong>
          </Text>
          {send.isError ? <Fault fault={send.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={send.isPending} data-autofocus>
              {isApproval ? 'Approve' : 'Confirm'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
