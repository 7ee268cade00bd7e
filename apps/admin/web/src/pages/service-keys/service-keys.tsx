import type { ServiceKey } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { OnceShown } from '@tenantry/ui/once-shown';
import { Page } from '@tenantry/ui/page';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Code, Group } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { CreateServiceKey, RevokeServiceKey, RotateServiceKey, type ShownSecret } from './dialogs.tsx';

type Dialog = 'create' | { readonly verb: 'rotate' | 'revoke'; readonly serviceKey: ServiceKey };

function stateOf({ revokedAt, expiresAt }: ServiceKey): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
}

/** The keys of the operator's own backend. */
export function ServiceKeysPage() {
  const [dialog, setDialog] = useState<Dialog>();
  const [secret, setSecret] = useState<ShownSecret>();
  const query = usePaged((cursor) => api.serviceKey.list.queryOptions({ cursor }));
  const close = () => setDialog(undefined);
  const columns: readonly Column<ServiceKey>[] = [
    { name: 'name', heading: 'Name', cell: ({ name }) => name },
    { name: 'prefix', heading: 'Begins with', cell: ({ prefix }) => <Code>{prefix}</Code> },
    { name: 'state', heading: 'State', cell: (one) => <StatusBadge status={stateOf(one)} /> },
    { name: 'scopes', heading: 'May', isWideOnly: true, cell: ({ scopes }) => scopes.join(', ') },
    { name: 'used', heading: 'Last used', cell: ({ lastUsedAt }) => <Time at={lastUsedAt} as="distance" /> },
    { name: 'ends', heading: 'Ends', cell: ({ expiresAt }) => <Time at={expiresAt} as="day" /> },
    {
      name: 'actions',
      heading: 'Actions',
      cell: (serviceKey) =>
        stateOf(serviceKey) === 'active' ? (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Button
              size="xs"
              variant="default"
              aria-label={`Rotate ${serviceKey.name}`}
              onClick={() => setDialog({ verb: 'rotate', serviceKey })}
            >
              Rotate
            </Button>
            <Button
              size="xs"
              variant="default"
              c="red"
              aria-label={`Revoke ${serviceKey.name}`}
              onClick={() => setDialog({ verb: 'revoke', serviceKey })}
            >
              Revoke
            </Button>
          </Group>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <Page
      title="Service keys"
      subtitle="Your own backend acts with these for any account that its calls name."
      actions={<Button onClick={() => setDialog('create')}>Create a key</Button>}
    >
      <PagedTable
        query={query}
        label="Service keys"
        columns={columns}
        rowKey={({ id }) => id}
        empty="There is no service key"
      />
      {dialog === 'create' ? <CreateServiceKey show={setSecret} close={close} /> : null}
      {typeof dialog === 'object' && dialog.verb === 'rotate' ? (
        <RotateServiceKey serviceKey={dialog.serviceKey} show={setSecret} close={close} />
      ) : null}
      {typeof dialog === 'object' && dialog.verb === 'revoke' ? (
        <RevokeServiceKey serviceKey={dialog.serviceKey} close={close} />
      ) : null}
      {secret === undefined ? null : (
        <OnceShown
          title={`Secret of ${secret.name}`}
          values={[{ label: 'Secret', value: secret.secret }]}
          close={() => setSecret(undefined)}
        >
          Put it into the settings of your backend.
        </OnceShown>
      )}
    </Page>
  );
}
