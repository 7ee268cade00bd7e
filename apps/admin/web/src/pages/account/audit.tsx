import type { AccountChange } from '@tenantry/client';
import { Copy } from '@tenantry/ui/copy';
import { Empty } from '@tenantry/ui/state';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Code, Text } from '@mantine/core';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import type { Names } from './names.ts';
import { Section } from './section.tsx';

interface AuditProps {
  readonly accountId: string;
  readonly names: Names;
}

/** Who changed what in the account, and why. Changes of credits are the ledger's. */
export function Audit({ accountId, names }: AuditProps) {
  const query = usePaged((cursor) => api.account.listChanges.queryOptions({ accountId, limit: 25, cursor }));
  const columns: readonly Column<AccountChange>[] = [
    { name: 'action', heading: 'What', cell: ({ action }) => <Code>{action}</Code> },
    { name: 'at', heading: 'When', cell: ({ at }) => <Time at={at} /> },
    { name: 'who', heading: 'Who', cell: ({ actor }) => names.actor(actor) },
    { name: 'facts', heading: 'Facts', cell: ({ facts }) => <FactList facts={facts} /> },
    {
      name: 'request',
      heading: 'Request',
      isWideOnly: true,
      cell: ({ requestId }) => (
        <Copy value={requestId} shown={`${requestId.slice(0, 8)}…`} label="the id of the request" />
      ),
    },
  ];
  return (
    <Section title="Audit trail">
      <PagedTable
        label="Audit trail"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty title="No change yet">What members, keys and staff change appears here.</Empty>}
      />
    </Section>
  );
}

function FactList({ facts }: { readonly facts: AccountChange['facts'] }) {
  const known = Object.entries(facts);
  if (known.length === 0) return '–';
  return known.map(([name, value]) => (
    <Text key={name} size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
      {name}: {value}
    </Text>
  ));
}
