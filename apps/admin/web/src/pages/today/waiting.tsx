import type { Overview } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { formatWords } from '@tenantry/ui/format/words';
import { Empty } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { AccountLink } from '../accounts/account-link.tsx';

interface Line {
  readonly key: string;
  readonly name: ReactNode;
  readonly value: ReactNode;
}

/** A short list under its heading. Nothing is shown of an empty one. */
function Lines({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {lines.map(({ key, name, value }) => (
          <Group key={key} component="li" justify="space-between" gap="md" wrap="nowrap">
            <Text size="sm" component="div" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="sm" c="dimmed" component="div" ta="right" style={{ flexShrink: 0 }}>
              {value}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function graceLines({ grace }: Overview): Line[] {
  return grace.items.map(({ accountId, accountName, until }) => ({
    key: accountId,
    name: <AccountLink id={accountId} name={accountName} />,
    value: (
      <>
        ends <Time at={until} as="distance" />
      </>
    ),
  }));
}

function webhookLines({ webhooks }: Overview): Line[] {
  return webhooks.items.map(({ endpointId, accountId, accountName, host, failingSince, enabled }) => ({
    key: endpointId,
    name: (
      <>
        {accountId === null ? 'Our own' : <AccountLink id={accountId} name={accountName ?? accountId} />}
        {` · ${host}`}
      </>
    ),
    value: (
      <>
        {enabled ? 'failing' : 'disabled, failing'} since <Time at={failingSince} as="distance" />
      </>
    ),
  }));
}

function creditLines({ lowCredit }: Overview): Line[] {
  return lowCredit.items.map(({ accountId, accountName, available }) => ({
    key: accountId,
    name: <AccountLink id={accountId} name={accountName} />,
    value: (
      <>
        <Credits value={available} /> left
      </>
    ),
  }));
}

function refusalLines({ refusals }: Overview): Line[] {
  return refusals.items.map(({ at, actor, email, action, code }) => ({
    key: `${at} ${actor} ${action}`,
    name: (
      <>
        {email ?? actor} · {action}
      </>
    ),
    value: (
      <>
        {formatWords(code)} · <Time at={at} as="distance" />
      </>
    ),
  }));
}

/** What waits, by name: those that are next. */
export function Waiting({ overview }: { readonly overview: Overview }) {
  const lists = [
    { title: 'Grace ends next', lines: graceLines(overview) },
    { title: 'Webhooks that fail', lines: webhookLines(overview) },
    { title: 'Newly low on credits', lines: creditLines(overview) },
    { title: 'Changes that were refused', lines: refusalLines(overview) },
  ];
  if (lists.every(({ lines }) => lines.length === 0))
    return overview.transfers.count > 0 ? null : (
      <Empty title="Nothing waits">Transfers, late payments and failing webhooks appear here.</Empty>
    );
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
      {lists.map((list) => (
        <Lines key={list.title} {...list} />
      ))}
    </SimpleGrid>
  );
}
