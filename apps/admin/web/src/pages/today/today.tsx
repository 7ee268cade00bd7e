import { Money } from '@tenantry/ui/amount';
import { Page } from '@tenantry/ui/page';
import { Empty, Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import type { QueuedPayment } from '@tenantry/client';
import { Card, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';

const columns: readonly Column<QueuedPayment>[] = [
  { name: 'account', heading: 'Account', cell: ({ accountName }) => accountName },
  { name: 'waiting', heading: 'Submitted', cell: ({ createdAt }) => <Time at={createdAt} as="distance" /> },
  {
    name: 'amount',
    heading: 'Amount',
    isNumber: true,
    cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
  },
  { name: 'payer', heading: 'Payer', cell: ({ payerName }) => payerName },
];

/** The first page of an operator's day: what waits for somebody. */
export function Today() {
  const transfers = useQuery(api.payment.list.queryOptions({ status: 'pending_approval', limit: 10 }));
  return (
    <Page title="Today">
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">
          Transfers waiting
        </Title>
        <Loaded query={transfers}>
          {({ items }) => (
            <DataTable
              label="Transfers waiting"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
              empty={
                <Empty title="No transfer waits">A transfer that a customer submits appears here.</Empty>
              }
            />
          )}
        </Loaded>
      </Card>
    </Page>
  );
}
