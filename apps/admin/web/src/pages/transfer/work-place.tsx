import type { QueuedPayment } from '@tenantry/client';
import { Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { Copy } from '@tenantry/ui/copy';
import { Facts } from '@tenantry/ui/facts';
import { Time } from '@tenantry/ui/time';
import { Alert, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { usePower } from '../../session.ts';
import { Booking } from './booking.tsx';
import { differenceText } from './difference.ts';
import { MatchingLines } from './matching-lines.tsx';
import { Proofs } from './proofs.tsx';

interface WorkPlaceProps {
  readonly payment: QueuedPayment;
  /** Goes to the transfer that is worked on next. */
  readonly next: () => void;
}

/** Where one transfer is decided on: the invoice, what the payer says and shows, and what the bank says. */
export function WorkPlace({ payment, next }: WorkPlaceProps) {
  const mayConfirm = usePower('money:confirm');
  const { accountName, status } = payment;
  const isWaiting = status === 'pending_approval';
  return (
    <Card withBorder component="section" aria-label={`Transfer of ${accountName}`}>
      <Group justify="space-between" align="flex-start" mb="md" gap="xs">
        <Title order={2} size="h4" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {accountName}
        </Title>
        <StatusBadge status={status} />
      </Group>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack>
            <Comparison payment={payment} />
            {isWaiting && mayConfirm ? <MatchingLines payment={payment} next={next} /> : null}
            {isWaiting && mayConfirm ? <Booking payment={payment} next={next} /> : null}
            {isWaiting && !mayConfirm ? (
              <Alert color="gray" title="Your role does not confirm money">
                Somebody with the role Finance decides on this transfer.
              </Alert>
            ) : null}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Title order={3} size="h5" mb="xs">
            Proof
          </Title>
          <Proofs payment={payment} />
        </Grid.Col>
      </Grid>
    </Card>
  );
}

/** What the invoice asks for beside what the payer says. */
function Comparison({ payment }: { readonly payment: QueuedPayment }) {
  const {
    reference,
    amount,
    currency,
    due,
    invoiceStatus,
    payerName,
    externalPaymentId,
    createdAt,
    askedAt,
  } = payment;
  const isEqual = amount === due;
  return (
    <div>
      <Facts
        facts={[
          ['Reference to pay', <Copy key="copy" value={reference} label="reference" />],
          ['Due', <Money key="due" amount={due} currency={currency} />],
          [
            'Reported',
            <Text key="reported" span inherit fw={600}>
              <Money amount={amount} currency={currency} />
            </Text>,
          ],
          [
            'Difference',
            <Text key="difference" span inherit fw={isEqual ? 400 : 600}>
              {differenceText({ amount, due, currency })}
            </Text>,
          ],
          ['Invoice', <StatusBadge key="invoice" status={invoiceStatus} />],
          [
            'Payer',
            <span key="payer" dir="auto">
              {payerName}
            </span>,
          ],
          ['Bank reference', externalPaymentId ?? 'Not given'],
          ['Reported at', <Time key="at" at={createdAt} as="distance" />],
          [
            'Asked for a proof',
            askedAt === null ? undefined : <Time key="asked" at={askedAt} as="distance" />,
          ],
        ]}
      />
    </div>
  );
}
