import type { StatementLine } from '@tenantry/client';
import { formatMoney } from '@tenantry/ui/format/money';
import { Fault } from '@tenantry/ui/problem';
import { Loaded } from '@tenantry/ui/state';
import { problemOf } from '@tenantry/client';
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '../../api.ts';
import { decisionOf } from './booking.tsx';
import { Effect } from './effect.tsx';
import { refreshMoney } from './refresh.ts';

/** What a line is booked for. */
export interface LineTarget {
  readonly accountId: string;
  readonly accountName: string;
  readonly invoiceId?: string;
  readonly paymentId?: string;
}

interface BookLineDialogProps {
  readonly line: StatementLine;
  readonly target: LineTarget;
  readonly next?: () => void;
  readonly close: () => void;
}

/** Books the money of a line for an account, after it says what that will do. */
export function BookLineDialog({ line, target, next, close }: BookLineDialogProps) {
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [toBalance, setToBalance] = useState(false);
  const { accountName, ...named } = target;
  const { amount, currency } = line.total;
  const money = formatMoney(amount, currency);
  const preview = useQuery(
    api.billing.previewBankTransfer.queryOptions({
      ...named,
      amount,
      currency,
      payerName: line.name ?? accountName,
      externalPaymentId: line.id,
      ...(toBalance ? { toBalance } : {}),
    }),
  );
  const decision = decisionOf(preview.data);
  const isClosed = problemOf(preview.error)?.code === 'payment_state' || toBalance;
  const send = useMutation({
    mutationFn: async () => {
      const input = { lineId: line.id, ...named };
      const context = { idempotencyKey };
      if (decision === 'approve') await client.statementLine.approve.mutate(input, { context });
      else
        await client.statementLine.confirm.mutate(toBalance ? { ...input, toBalance } : input, { context });
    },
    onSuccess: async () => {
      const done = decision === 'approve' ? 'approved; somebody else confirms them' : 'booked';
      notifications.show({ color: 'green', message: `${money} for ${accountName} are ${done}.` });
      close();
      next?.();
      await refreshMoney();
    },
  });
  return (
    <Modal opened onClose={close} title={`Book ${money} for ${accountName}`} size="lg">
      <Stack>
        <Text size="sm">
          {line.name ?? 'A payer whom the bank does not name'} wrote: {line.reference ?? line.remittance}
        </Text>
        {isClosed ? (
          <Checkbox
            label="Book it to the balance of the account: it came twice, or too late"
            checked={toBalance}
            onChange={(event) => setToBalance(event.currentTarget.checked)}
          />
        ) : null}
        <Loaded query={preview} lines={2}>
          {(data) => (
            <Alert color="blue" variant="light">
              <Effect preview={data} />
            </Alert>
          )}
        </Loaded>
        {send.isError ? <Fault fault={send.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            disabled={decision === undefined || preview.isError}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            {decision === 'approve' ? 'Approve' : 'Book'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
