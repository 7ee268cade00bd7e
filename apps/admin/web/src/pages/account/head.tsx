import type { StaffAccountDetail } from '@tenantry/client';
import { Credits, Money } from '@tenantry/ui/amount';
import { Copy } from '@tenantry/ui/copy';
import { formatWords } from '@tenantry/ui/format/words';
import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { StandingLine } from './standing.tsx';

/** What stands below the name on every tab: ids, standing, and the figures that are asked for first. */
export function Head({ account }: { readonly account: StaffAccountDetail }) {
  const { subscription, credits, externalId, sandbox } = account;
  return (
    <Stack gap="sm" mt={4}>
      <Group gap="sm">
        <Copy value={account.id} label="the id of the account" />
        {externalId === null ? null : <Copy value={externalId} label="the external id" />}
        {sandbox ? <Badge variant="outline">Sandbox</Badge> : null}
      </Group>
      <StandingLine account={account} />
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        <Figure name="Plan">
          {subscription.plan.name} <Small>v{subscription.plan.version}</Small>
        </Figure>
        <Figure name="Pays by">{formatWords(subscription.paymentMethod)}</Figure>
        <Figure name="Credits available">
          <Credits value={credits.available} />
        </Figure>
        <Figure name="Open invoices">
          {account.openInvoices.length === 0
            ? 'None'
            : account.openInvoices.map(({ id, due }) => (
                <div key={id}>
                  <Money {...due} />
                </div>
              ))}
        </Figure>
      </SimpleGrid>
    </Stack>
  );
}

const Small = ({ children }: { readonly children: ReactNode }) => (
  <Text span size="sm" c="dimmed">
    {children}
  </Text>
);

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fw={600} component="div" c="var(--mantine-color-text)">
        {children}
      </Text>
    </div>
  );
}
