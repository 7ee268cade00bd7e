import type { AccountEmail, WebhookDelivery, WebhookEndpoint } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { Empty } from '@tenantry/ui/state';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { usePower } from '../../session.ts';
import { Redeliver, ResendEmail } from './actions/resend.tsx';
import type { AccountSearch } from './search.ts';
import { Section } from './section.tsx';

interface MessagesProps {
  readonly accountId: string;
  readonly search: AccountSearch;
  readonly setSearch: (changes: AccountSearch) => void;
}

/** What the account was told: its webhook endpoints with their deliveries, and the e-mails to its owners and admins. */
export function Messages(props: MessagesProps) {
  const { endpoint } = props.search;
  return (
    <Stack>
      <Section title="E-mails">
        <Emails {...props} />
      </Section>
      <Section title="Webhook endpoints">
        <Endpoints {...props} />
      </Section>
      {endpoint === undefined ? null : (
        <Section title="Deliveries">
          <Deliveries accountId={props.accountId} endpointId={endpoint} />
        </Section>
      )}
    </Stack>
  );
}

function Emails({ accountId }: MessagesProps) {
  const query = usePaged((cursor) => api.email.list.queryOptions({ accountId, limit: 20, cursor }));
  const [resent, setResent] = useState<AccountEmail>();
  const mayResend = usePower('message:resend');
  const columns: readonly Column<AccountEmail>[] = [
    { name: 'type', heading: 'About', cell: ({ type }) => type },
    { name: 'to', heading: 'To', cell: ({ email }) => email },
    { name: 'happened', heading: 'Happened', cell: ({ happenedAt }) => <Time at={happenedAt} /> },
    { name: 'sent', heading: 'Ended', cell: ({ finishedAt }) => <Time at={finishedAt} /> },
    { name: 'attempts', heading: 'Attempts', isNumber: true, cell: ({ attempts }) => attempts },
    {
      name: 'status',
      heading: 'Status',
      cell: ({ status }) => <StatusBadge status={status === 'sent' ? 'delivered' : status} label={status} />,
    },
    {
      name: 'change',
      heading: 'Change',
      cell: (email) =>
        mayResend && email.status !== 'pending' ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setResent(email)}
            aria-label={`Send ${email.type} to ${email.email} again`}
          >
            Send again
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PagedTable
        label="E-mails"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No e-mail yet">
            Invoices, reminders and notices to owners and admins appear here.
          </Empty>
        }
      />
      {resent === undefined ? null : (
        <ResendEmail accountId={accountId} email={resent} close={() => setResent(undefined)} />
      )}
    </>
  );
}

function Endpoints({ accountId, search, setSearch }: MessagesProps) {
  const query = usePaged((cursor) => api.webhookEndpoint.list.queryOptions({ accountId, limit: 20, cursor }));
  const columns: readonly Column<WebhookEndpoint>[] = [
    { name: 'url', heading: 'URL', cell: ({ url }) => url },
    { name: 'for', heading: 'For', isWideOnly: true, cell: ({ description }) => description ?? '–' },
    {
      name: 'events',
      heading: 'Messages',
      cell: ({ events }) => (events.length === 0 ? 'all' : `${events.length} types`),
    },
    {
      name: 'state',
      heading: 'State',
      cell: ({ enabled, disabledReason, failingSince }) => (
        <StatusBadge
          status={enabled ? (failingSince === null ? 'active' : 'past_due') : 'failed'}
          label={enabled ? (failingSince === null ? 'Works' : 'Failing') : `Off: ${disabledReason ?? ''}`}
        />
      ),
    },
    {
      name: 'failing',
      heading: 'Failing since',
      cell: ({ failingSince }) => <Time at={failingSince} as="distance" />,
    },
    {
      name: 'show',
      heading: 'Deliveries',
      cell: ({ id, url }) => (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setSearch({ endpoint: id })}
          aria-label={`Deliveries to ${url}`}
        >
          Show
        </Button>
      ),
    },
  ];
  return (
    <PagedTable
      label="Webhook endpoints"
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      isChosen={({ id }) => id === search.endpoint}
      empty="The account has no endpoint"
    />
  );
}

function Deliveries({ accountId, endpointId }: { readonly accountId: string; readonly endpointId: string }) {
  const input = { accountId, endpointId, limit: 20 };
  const query = usePaged((cursor) => api.webhookEndpoint.listDeliveries.queryOptions({ ...input, cursor }));
  const [again, setAgain] = useState<WebhookDelivery>();
  const mayResend = usePower('message:resend');
  const columns: readonly Column<WebhookDelivery>[] = [
    { name: 'type', heading: 'Message', cell: ({ type }) => type },
    { name: 'queued', heading: 'Queued', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { name: 'ended', heading: 'Ended', cell: ({ finishedAt }) => <Time at={finishedAt} /> },
    { name: 'attempts', heading: 'Attempts', isNumber: true, cell: ({ attempts }) => attempts },
    { name: 'status', heading: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
    {
      name: 'change',
      heading: 'Change',
      cell: (delivery) =>
        mayResend && delivery.status !== 'pending' ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setAgain(delivery)}
            aria-label={`Deliver ${delivery.type} again`}
          >
            Deliver again
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PagedTable
        label="Deliveries"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty="Nothing was queued for it"
      />
      {again === undefined ? null : (
        <Redeliver
          accountId={accountId}
          endpointId={endpointId}
          delivery={again}
          close={() => setAgain(undefined)}
        />
      )}
    </>
  );
}
