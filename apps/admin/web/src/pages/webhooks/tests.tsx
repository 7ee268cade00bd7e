import type { OperatorTest, WebhookEndpoint } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';

const columns: readonly Column<OperatorTest>[] = [
  { name: 'asked', heading: 'Asked', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { name: 'sent', heading: 'Sent', cell: ({ finishedAt }) => <Time at={finishedAt} /> },
  {
    name: 'outcome',
    heading: 'Outcome',
    cell: ({ outcome }) => <StatusBadge status={outcome ?? 'waiting'} />,
  },
  { name: 'status', heading: 'Status', isNumber: true, cell: ({ status }) => status ?? '–' },
  { name: 'answer', heading: 'Answer', cell: ({ answer }) => answer ?? '–' },
];

/** The last tests of an endpoint, and what came of each. */
export function Tests({ endpoint: { id: endpointId, url } }: { readonly endpoint: WebhookEndpoint }) {
  const query = useQuery({
    ...api.operatorEndpoint.listTests.queryOptions({ endpointId }),
    refetchInterval: 5000,
  });
  return (
    <Stack gap="sm">
      <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
        Tests of {url}
      </Title>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label="Tests"
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            empty="No test was sent"
          />
        )}
      </Loaded>
    </Stack>
  );
}
