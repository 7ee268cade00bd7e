import type { AuditRecord } from '@tenantry/client';
import { Copy } from '@tenantry/ui/copy';
import { Facts } from '@tenantry/ui/facts';
import { Page } from '@tenantry/ui/page';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';

const kinds = [
  { value: 'accounts', label: 'Accounts' },
  { value: 'security', label: 'Staff and security' },
];

/** Who changed what, when and why: of accounts, or of everything else. The filters are in the address. */
export function AuditPage() {
  const { kind = 'accounts', actor, action, accountId } = useSearch({ from: '/signed-in/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const [shown, setShown] = useState<AuditRecord>();
  const isOfAccounts = kind === 'accounts';
  return (
    <Page
      title="Audit"
      subtitle="Every change, with who made it and why. The command tenantry verify-audit proves that none is missing."
    >
      <SegmentedControl
        data={kinds}
        value={kind}
        onChange={(value) => void navigate({ search: value === 'security' ? { kind: 'security' } : {} })}
        style={{ alignSelf: 'flex-start' }}
      />
      <Filters key={`${kind} ${actor ?? ''} ${action ?? ''} ${accountId ?? ''}`} />
      {isOfAccounts ? <Changes open={setShown} /> : <SecurityEvents open={setShown} />}
      {shown === undefined ? null : <RecordDialog record={shown} close={() => setShown(undefined)} />}
    </Page>
  );
}

/** What is looked for, exactly as the records have it. */
function Filters() {
  const { kind, actor = '', action = '', accountId = '' } = useSearch({ from: '/signed-in/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const [fields, setFields] = useState({ actor, action, accountId });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const given = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
    );
    void navigate({ search: { ...given, ...(kind === undefined ? {} : { kind }) } });
  };
  const field = (name: keyof typeof fields, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={fields[name]}
      onChange={({ currentTarget: { value } }) => setFields({ ...fields, [name]: value })}
      style={{ flex: '1 1 200px' }}
    />
  );
  return (
    <form onSubmit={apply}>
      <Group align="flex-end" gap="sm">
        {field('actor', 'Who', 'staff:0190…')}
        {field('action', 'What', 'account.suspend')}
        {kind === 'security' ? null : field('accountId', 'Account', 'Its id')}
        <Button type="submit" variant="default">
          Search
        </Button>
      </Group>
    </form>
  );
}

type Open = (record: AuditRecord) => void;

function useFilter() {
  const { actor, action, accountId } = useSearch({ from: '/signed-in/audit' });
  return { actor, action, accountId };
}

function Changes({ open }: { readonly open: Open }) {
  const filter = useFilter();
  const query = usePaged((cursor) => api.audit.list.queryOptions({ ...filter, cursor }));
  return <Records query={query} open={open} />;
}

function SecurityEvents({ open }: { readonly open: Open }) {
  const { actor, action } = useFilter();
  const query = usePaged((cursor) => api.securityEvent.list.queryOptions({ actor, action, cursor }));
  return <Records query={query} open={open} />;
}

function Records({
  query,
  open,
}: {
  readonly query: ReturnType<typeof usePaged<AuditRecord, unknown, readonly unknown[]>>;
  readonly open: Open;
}) {
  const columns: readonly Column<AuditRecord>[] = [
    { name: 'action', heading: 'What', cell: ({ action }) => action },
    { name: 'at', heading: 'When', cell: ({ at }) => <Time at={at} /> },
    { name: 'actor', heading: 'Who', cell: ({ actorEmail, actor }) => actorEmail ?? actor },
    { name: 'account', heading: 'Account', cell: ({ accountName }) => accountName ?? '–' },
    { name: 'reason', heading: 'Why', cell: ({ facts }) => facts['reason'] ?? facts['refused'] ?? '–' },
    {
      name: 'details',
      heading: 'Details',
      cell: (record) => (
        <Button
          size="xs"
          variant="default"
          aria-label={`Show ${record.action} ${record.id}`}
          onClick={() => open(record)}
        >
          Show
        </Button>
      ),
    },
  ];
  return (
    <PagedTable
      query={query}
      label="Records"
      columns={columns}
      rowKey={({ id }) => id}
      empty="No record fits"
    />
  );
}

function RecordDialog({ record, close }: { readonly record: AuditRecord; readonly close: () => void }) {
  const { id, at, action, actor, actorEmail, accountId, accountName, requestId, subjectId, facts } = record;
  return (
    <Modal opened onClose={close} title={action} size="lg">
      <Facts
        facts={[
          ['When', <Time key="at" at={at} />],
          ['Who', actorEmail === null ? actor : `${actorEmail} (${actor})`],
          ['Account', accountName ?? undefined],
          [
            'Account id',
            accountId === null ? undefined : <Copy key="account" value={accountId} label="account id" />,
          ],
          ['Changed', subjectId ?? undefined],
          ...Object.entries(facts),
          ['Request', <Copy key="request" value={requestId} label="request id" />],
          ['Record', <Copy key="id" value={id} label="record id" />],
          ['Place in its chain', record.sequence ?? 'From before there were chains'],
          [
            'Hash',
            record.hash === null ? undefined : (
              <Copy key="hash" value={record.hash} label="hash" shown={`${record.hash.slice(0, 16)}…`} />
            ),
          ],
        ]}
      />
    </Modal>
  );
}
