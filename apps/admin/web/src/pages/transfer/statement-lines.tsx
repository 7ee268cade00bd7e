import type { StatementLine } from '@tenantry/client';
import { eventStatuses } from '@tenantry/domain/statement/event';
import { Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatMoney } from '@tenantry/ui/format/money';
import { formatWords } from '@tenantry/ui/format/words';
import { Empty, Loaded } from '@tenantry/ui/state';
import { Badge, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { usePaged } from '../../paged-table.tsx';
import { BookLineDialog, type LineTarget } from './book-line.tsx';
import { IgnoreDialog, ReturnDialog } from './decide-line.tsx';
import { reasonsText } from './reasons.ts';

const route = getRouteApi('/signed-in/transfers');
const statuses = eventStatuses.map((value) => ({ value, label: formatWords(value) }));

/** What a person chose to do with a line. */
type Choice =
  | { kind: 'book'; line: StatementLine; target: LineTarget }
  | { kind: 'return'; line: StatementLine; payment: StatementLine['returns'][number] }
  | { kind: 'ignore'; line: StatementLine };

/** The lines of bank statements in one status, each with what it may be. */
export function StatementLines() {
  const { lines: status = 'waiting', statement: statementId } = route.useSearch();
  const navigate = route.useNavigate();
  const [choice, setChoice] = useState<Choice>();
  const input = { status, limit: 25, ...(statementId === undefined ? {} : { statementId }) };
  const query = usePaged((cursor) => api.statementLine.list.queryOptions({ ...input, cursor }));
  const close = () => setChoice(undefined);
  const setStatus = (value: string | null) => {
    const next = eventStatuses.find((one) => one === value);
    void navigate({ search: (search) => ({ ...search, lines: next === 'waiting' ? undefined : next }) });
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
        {statementId === undefined ? null : (
          <Button variant="subtle" onClick={() => void navigate({ search: { tab: 'lines' } })}>
            Show the lines of all files
          </Button>
        )}
      </Group>
      <Loaded query={query}>
        {({ pages }) => {
          const lines = pages.flatMap(({ items }) => items);
          if (lines.length === 0)
            return <Empty title="No line">Lines of the statements that you import appear here.</Empty>;
          return (
            <Stack gap="sm" component="ul" p={0} m={0} aria-label="Lines" style={{ listStyle: 'none' }}>
              {lines.map((line) => (
                <Line key={line.id} line={line} choose={setChoice} />
              ))}
            </Stack>
          );
        }}
      </Loaded>
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
      {choice?.kind === 'book' ? (
        <BookLineDialog line={choice.line} target={choice.target} close={close} />
      ) : null}
      {choice?.kind === 'return' ? (
        <ReturnDialog line={choice.line} payment={choice.payment} close={close} />
      ) : null}
      {choice?.kind === 'ignore' ? <IgnoreDialog line={choice.line} close={close} /> : null}
    </Stack>
  );
}

interface LineProps {
  readonly line: StatementLine;
  readonly choose: (choice: Choice) => void;
}

function Line({ line, choose }: LineProps) {
  const { total, direction, name, remittance, reference, bookedOn, status, reason } = line;
  const payer = name ?? 'A payer whom the bank does not name';
  return (
    <Card withBorder component="li" aria-label={`${formatMoney(total.amount, total.currency)} of ${payer}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Title order={2} size="h5" dir="auto">
            {payer}
          </Title>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {bookedOn} · {[reference, remittance].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          {direction === 'debit' ? (
            <Badge variant="default" tt="none">
              Went out
            </Badge>
          ) : null}
          <Text fw={600} component="div">
            <Money amount={total.amount} currency={total.currency} />
          </Text>
          <StatusBadge status={status} />
        </Group>
      </Group>
      {reason === null ? null : (
        <Text size="sm" mt="xs">
          Ignored: {reason}
        </Text>
      )}
      {status === 'waiting' ? <Proposals line={line} choose={choose} /> : null}
    </Card>
  );
}

function Proposals({ line, choose }: LineProps) {
  const { proposals, returns } = line;
  return (
    <Stack gap="xs" mt="sm">
      {proposals.length + returns.length === 0 ? (
        <Text size="sm" c="dimmed">
          No invoice or payment is like it.
        </Text>
      ) : null}
      {proposals.map((one) => {
        const { accountId, accountName, invoiceId, invoiceNumber, paymentId, due, score, reasons } = one;
        const target = { accountId, accountName, invoiceId, ...(paymentId === null ? {} : { paymentId }) };
        return (
          <Group key={invoiceId} justify="space-between" gap="xs">
            <Text size="sm" component="div" style={{ minWidth: 0 }}>
              <Badge variant="default" mr={6}>
                {score}
              </Badge>
              Invoice {invoiceNumber} of <bdi>{accountName}</bdi>, {formatMoney(due.amount, due.currency)}{' '}
              due: {reasonsText(reasons)}
            </Text>
            <Button size="xs" onClick={() => choose({ kind: 'book', line, target })}>
              Book …
            </Button>
          </Group>
        );
      })}
      {returns.map((payment) => (
        <Group key={payment.paymentId} justify="space-between" gap="xs">
          <Text size="sm">
            It may take back the payment of <bdi>{payment.accountName}</bdi> of {payment.bookedOn}.
          </Text>
          <Button size="xs" color="red" onClick={() => choose({ kind: 'return', line, payment })}>
            Return …
          </Button>
        </Group>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={() => choose({ kind: 'ignore', line })}>
          Ignore …
        </Button>
      </div>
    </Stack>
  );
}
