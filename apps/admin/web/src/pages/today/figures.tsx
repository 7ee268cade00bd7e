import type { Overview } from '@tenantry/client';
import { Money } from '@tenantry/ui/amount';
import { formatNumber } from '@tenantry/ui/format/number';
import { Time } from '@tenantry/ui/time';
import { Anchor, Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountsSearch } from '../accounts/search.ts';

interface FigureProps {
  /** What is counted; a link where a page lists it. */
  readonly label: ReactNode;
  readonly count: number;
  /** What else is worth knowing of it. */
  readonly children: ReactNode;
}

function Figure({ label, count, children }: FigureProps) {
  return (
    <Card withBorder padding="md" component="li">
      <Text size="sm" c="dimmed" component="div">
        {label}
      </Text>
      <Text size="xl" fw={700} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {formatNumber(count)}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {children}
      </Text>
    </Card>
  );
}

/** Goes to the accounts that are counted. */
function AccountsLink({ label, search }: { readonly label: string; readonly search: AccountsSearch }) {
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/accounts" search={search} />}>
      {label}
    </Anchor>
  );
}

/** Goes to the queue of transfers. */
function TransfersLink() {
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/transfers" />}>
      Transfers waiting
    </Anchor>
  );
}

/** The money that waits, one line for each currency, and since when. */
function TransferDetail({ transfers }: Pick<Overview, 'transfers'>) {
  if (transfers.count === 0) return <>Nothing waits</>;
  return (
    <Stack gap={2}>
      {transfers.sums.map(({ currency, amount }) => (
        <Money key={currency} amount={amount} currency={currency} />
      ))}
      <span>
        oldest <Time at={transfers.oldestAt} as="distance" />
      </span>
    </Stack>
  );
}

/** How much waits, at a glance. */
export function Figures({
  overview: { transfers, grace, webhooks, lowCredit, refusals },
}: {
  readonly overview: Overview;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, md: 3, lg: 5 }}
      spacing="sm"
      component="ul"
      aria-label="What waits"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
    >
      <Figure label={<TransfersLink />} count={transfers.count}>
        <TransferDetail transfers={transfers} />
      </Figure>
      <Figure
        label={<AccountsLink label="Accounts in grace" search={{ standing: 'grace' }} />}
        count={grace.count}
      >
        Their paid time is over
      </Figure>
      <Figure label="Webhooks failing" count={webhooks.count}>
        Endpoints that do not answer
      </Figure>
      <Figure
        label={<AccountsLink label="Low on credits" search={{ lowCredit: true }} />}
        count={lowCredit.count}
      >
        Less than a tenth of a month
      </Figure>
      <Figure label="Refused changes" count={refusals.count}>
        Of staff, in the last 7 days
      </Figure>
    </SimpleGrid>
  );
}
