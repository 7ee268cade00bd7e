import type { QueuedPayment } from '@tenantry/client';
import { paymentStatuses } from '@tenantry/domain/payment/status';
import { Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatWords } from '@tenantry/ui/format/words';
import { Empty, Loaded } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Badge, Box, Button, Card, Grid, Group, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api } from '../../api.ts';
import { usePaged } from '../../paged-table.tsx';
import { KeysButton } from './keys.tsx';
import { useListKeys } from './use-list-keys.ts';
import { WorkPlace } from './work-place.tsx';

const route = getRouteApi('/signed-in/transfers');
const statuses = paymentStatuses.map((value) => ({ value, label: formatWords(value) }));
const pageSize = 100;

/** The transfers in one status, the oldest first, and beside them the place where one of them is worked on. */
export function Queue() {
  const { status = 'pending_approval', payment: chosenId } = route.useSearch();
  const navigate = route.useNavigate();
  const input = { status, order: 'oldest', limit: pageSize } as const;
  const query = usePaged((cursor) => api.payment.list.queryOptions({ ...input, cursor }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.find(({ id }) => id === chosenId) ?? items[0];
  const at = chosen === undefined ? -1 : items.indexOf(chosen);
  const choose = (place: number) => {
    const payment = items[Math.max(0, Math.min(place, items.length - 1))]?.id;
    if (payment !== undefined) void navigate({ search: (search) => ({ ...search, payment }), replace: true });
  };
  useListKeys({ previous: () => choose(at - 1), next: () => choose(at + 1) });
  const setStatus = (value: string | null) => {
    const next = paymentStatuses.find((one) => one === value);
    void navigate({ search: next === undefined || next === 'pending_approval' ? {} : { status: next } });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Select
          aria-label="Status"
          data={statuses}
          value={status}
          onChange={setStatus}
          allowDeselect={false}
          w={200}
        />
        <KeysButton />
      </Group>
      <Loaded query={query}>
        {() =>
          chosen === undefined ? (
            <Empty title="Nothing waits">A transfer that a customer reports appears here.</Empty>
          ) : (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 4 }}>
                <Rows items={items} chosen={chosen} choose={choose} />
                {query.hasNextPage ? (
                  <Button
                    fullWidth
                    mt="sm"
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more
                  </Button>
                ) : null}
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 8 }}>
                <WorkPlace
                  key={chosen.id}
                  payment={chosen}
                  next={() => choose(items[at + 1] === undefined ? at - 1 : at + 1)}
                />
              </Grid.Col>
            </Grid>
          )
        }
      </Loaded>
    </Stack>
  );
}

interface RowsProps {
  readonly items: readonly QueuedPayment[];
  readonly chosen: QueuedPayment;
  readonly choose: (place: number) => void;
}

function Rows({ items, chosen, choose }: RowsProps) {
  return (
    <Card withBorder padding={0} mah={{ base: 260, md: '70vh' }} style={{ overflowY: 'auto' }}>
      <Box component="ul" aria-label="Transfers" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((payment, place) => (
          <li key={payment.id}>
            <Row payment={payment} isChosen={payment.id === chosen.id} choose={() => choose(place)} />
          </li>
        ))}
      </Box>
    </Card>
  );
}

interface RowProps {
  readonly payment: QueuedPayment;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Row({ payment, isChosen, choose }: RowProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const { accountName, amount, currency, createdAt, reference } = payment;
  return (
    <UnstyledButton
      ref={button}
      onClick={choose}
      aria-current={isChosen}
      px="sm"
      py="xs"
      w="100%"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
      {...(isChosen ? { bg: 'var(--mantine-primary-color-light)' } : {})}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate dir="auto">
          {accountName}
        </Text>
        <Text size="sm" component="div">
          <Money amount={amount} currency={currency} />
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" truncate>
          {reference}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Time at={createdAt} as="distance" />
        </Text>
      </Group>
      <Flags payment={payment} />
    </UnstyledButton>
  );
}

/** What a person should see before they open it. */
function Flags({
  payment: { amount, due, status, invoiceStatus, approvedBy, proofs },
}: Pick<RowProps, 'payment'>) {
  if (status !== 'pending_approval') return <StatusBadge status={status} />;
  return (
    <Group gap={4} mt={4}>
      {invoiceStatus === 'void' || invoiceStatus === 'paid' ? (
        <Badge size="sm" variant="default" tt="none">
          Invoice {invoiceStatus}
        </Badge>
      ) : null}
      {amount === due ? null : (
        <Badge size="sm" variant="default" tt="none">
          {amount < due ? 'Less than due' : 'More than due'}
        </Badge>
      )}
      {approvedBy === null ? null : (
        <Badge size="sm" variant="default" tt="none">
          Approved once
        </Badge>
      )}
      {proofs > 0 ? null : (
        <Badge size="sm" variant="default" tt="none">
          No proof
        </Badge>
      )}
    </Group>
  );
}
