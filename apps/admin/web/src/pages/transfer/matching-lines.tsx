import type { QueuedPayment, StatementLine } from '@tenantry/client';
import { Money } from '@tenantry/ui/amount';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { BookLineDialog } from './book-line.tsx';
import { reasonsText } from './reasons.ts';

interface MatchingLinesProps {
  readonly payment: QueuedPayment;
  readonly next: () => void;
}

/** The lines of the bank that wait and that may be this transfer. */
export function MatchingLines({ payment, next }: MatchingLinesProps) {
  const lines = useQuery(api.statementLine.list.queryOptions({ status: 'waiting', limit: 100 }));
  const [booked, setBooked] = useState<StatementLine>();
  const matches = (lines.data?.items ?? []).flatMap((line) => {
    const proposal = line.proposals.find(({ paymentId }) => paymentId === payment.id);
    return proposal === undefined ? [] : [{ line, proposal }];
  });
  if (matches.length === 0) return null;
  return (
    <Alert color="teal" variant="light" title="The bank says">
      <Stack gap="xs">
        {matches.map(({ line, proposal: { score, reasons } }) => (
          <Group key={line.id} justify="space-between" gap="xs">
            <Text size="sm" component="div">
              <Money amount={line.total.amount} currency={line.total.currency} /> on {line.bookedOn}:{' '}
              {reasonsText(reasons)} ({score} of 100)
            </Text>
            <Button size="xs" onClick={() => setBooked(line)}>
              Book this line …
            </Button>
          </Group>
        ))}
      </Stack>
      {booked === undefined ? null : (
        <BookLineDialog
          line={booked}
          target={{ accountId: payment.accountId, accountName: payment.accountName, paymentId: payment.id }}
          next={next}
          close={() => setBooked(undefined)}
        />
      )}
    </Alert>
  );
}
