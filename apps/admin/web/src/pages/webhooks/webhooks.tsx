import type { WebhookEndpoint } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { ConfirmDialog } from '@tenantry/ui/confirm-dialog';
import { OnceShown } from '@tenantry/ui/once-shown';
import { Page } from '@tenantry/ui/page';
import { Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { once, send } from '../../change.ts';
import { Tests } from './tests.tsx';

type Verb = 'rotate' | 'switch' | 'delete' | 'test';
type Dialog = 'create' | { readonly verb: Verb; readonly endpoint: WebhookEndpoint };
type Show = (secret: string | null) => void;

/** The operator's own webhook endpoints, which get the messages of every account. */
export function WebhooksPage() {
  const [dialog, setDialog] = useState<Dialog>();
  const [secret, setSecret] = useState<{ readonly value: string | null }>();
  const [chosen, setChosen] = useState<WebhookEndpoint>();
  const query = useQuery(api.operatorEndpoint.list.queryOptions({}));
  const close = () => setDialog(undefined);
  const show: Show = (value) => setSecret({ value });
  const columns: readonly Column<WebhookEndpoint>[] = [
    { name: 'url', heading: 'URL', cell: ({ url }) => url },
    {
      name: 'state',
      heading: 'State',
      cell: ({ enabled, failingSince }) => (
        <StatusBadge
          status={failingSince !== null && enabled ? 'failing' : enabled ? 'active' : 'disabled'}
        />
      ),
    },
    {
      name: 'events',
      heading: 'Gets',
      cell: ({ events }) => (events.length === 0 ? 'Everything' : events.join(', ')),
    },
    { name: 'failing', heading: 'Failing since', cell: ({ failingSince }) => <Time at={failingSince} /> },
    {
      name: 'actions',
      heading: 'Actions',
      cell: (endpoint) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${endpoint.url}`}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setChosen(endpoint)}>Show tests</Menu.Item>
            {endpoint.enabled ? (
              <Menu.Item onClick={() => setDialog({ verb: 'test', endpoint })}>Send a test</Menu.Item>
            ) : null}
            <Menu.Item onClick={() => setDialog({ verb: 'rotate', endpoint })}>Rotate the secret</Menu.Item>
            <Menu.Item onClick={() => setDialog({ verb: 'switch', endpoint })}>
              {endpoint.enabled ? 'Disable' : 'Enable'}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => setDialog({ verb: 'delete', endpoint })}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return (
    <Page
      title="Webhooks"
      subtitle="Your own endpoints. They get the messages of every account."
      actions={<Button onClick={() => setDialog('create')}>Add an endpoint</Button>}
    >
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label="Endpoints"
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            empty="There is no endpoint"
          />
        )}
      </Loaded>
      {chosen === undefined ? null : <Tests endpoint={chosen} />}
      {dialog === 'create' ? <Create show={show} close={close} /> : null}
      {typeof dialog === 'object' ? <Change {...dialog} show={show} close={close} /> : null}
      {secret === undefined ? null : (
        <OnceShown
          title="Secret of the endpoint"
          values={[{ label: 'Secret', value: secret.value }]}
          close={() => setSecret(undefined)}
        >
          The endpoint verifies signatures with it.
        </OnceShown>
      )}
    </Page>
  );
}

function Create({ show, close }: { readonly show: Show; readonly close: () => void }) {
  const [url, setUrl] = useState('');
  return (
    <ConfirmDialog
      title="Add an endpoint"
      effect="It gets every message of every account from now on. Its secret is shown once."
      action="Add"
      isReady={url.trim() !== ''}
      change={async (key) =>
        show((await send(api.operatorEndpoint.create.mutationOptions(once(key)), { url })).secret)
      }
      done="The endpoint was added."
      close={close}
    >
      <TextInput
        label="URL"
        type="url"
        required
        data-autofocus
        value={url}
        onChange={({ currentTarget: { value } }) => setUrl(value)}
      />
    </ConfirmDialog>
  );
}

interface ChangeProps {
  readonly verb: Verb;
  readonly endpoint: WebhookEndpoint;
  readonly show: Show;
  readonly close: () => void;
}

function Change({ verb, endpoint: { id: endpointId, url, enabled }, show, close }: ChangeProps) {
  const { operatorEndpoint: noun } = api;
  const dialogs = {
    test: {
      title: `Send a test to ${url}`,
      effect: 'The endpoint gets one message of the type webhook_endpoint.test.',
      action: 'Send',
      change: (key: string) => send(noun.sendTest.mutationOptions(once(key)), { endpointId }),
      done: 'The test is on its way.',
    },
    rotate: {
      title: `Rotate the secret of ${url}`,
      effect: 'A new secret signs from now on. The old one signs too for a day more.',
      action: 'Rotate',
      change: async (key: string) =>
        show((await send(noun.rotateSecret.mutationOptions(once(key)), { endpointId })).secret),
      done: 'The endpoint has a new secret.',
    },
    switch: {
      title: `${enabled ? 'Disable' : 'Enable'} ${url}`,
      effect: enabled
        ? 'What waits for it fails, and nothing more is sent to it.'
        : 'Messages are sent to it again.',
      action: enabled ? 'Disable' : 'Enable',
      change: (key: string) =>
        send(noun.update.mutationOptions(once(key)), { endpointId, enabled: !enabled }),
      done: `The endpoint is ${enabled ? 'disabled' : 'enabled'}.`,
    },
    delete: {
      title: `Delete ${url}`,
      effect: 'Nothing more is sent to it, and its secrets are gone. It cannot be undone.',
      action: 'Delete',
      change: (key: string) => send(noun.delete.mutationOptions(once(key)), { endpointId }),
      done: 'The endpoint was deleted.',
    },
  };
  return <ConfirmDialog {...dialogs[verb]} isDangerous={verb === 'delete'} close={close} />;
}
