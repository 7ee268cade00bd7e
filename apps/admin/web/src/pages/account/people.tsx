import type { ApiKey, Invitation, Member, MemberSession, Site } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatWords } from '@tenantry/ui/format/words';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Loaded } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Button, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { usePower } from '../../session.ts';
import { ResetSecondFactor, RevokeKey, RevokeSessions } from './actions/revoke.tsx';
import type { Names } from './names.ts';
import { Section } from './section.tsx';

interface PeopleProps {
  readonly accountId: string;
  readonly names: Names;
}

/** Who and what may act for the account: members, their sessions, keys, and the sites that they work on. */
export function People(props: PeopleProps) {
  return (
    <Stack>
      <Section title="Members">
        <Members {...props} />
      </Section>
      <Section title="API keys">
        <Keys {...props} />
      </Section>
      <Section title="Sessions">
        <Sessions {...props} />
      </Section>
      <Section title="Sites">
        <Sites {...props} />
      </Section>
      <Section title="Invitations">
        <Invitations {...props} />
      </Section>
    </Stack>
  );
}

function Members({ accountId, names }: PeopleProps) {
  const query = useQuery(api.member.list.queryOptions({ accountId }));
  const [ended, setEnded] = useState<Member>();
  const [reset, setReset] = useState<Member>();
  const mayRevoke = usePower('access:revoke');
  const mayRecover = usePower('user:recover');
  const columns: readonly Column<Member>[] = [
    { name: 'email', heading: 'E-mail', cell: ({ email }) => email },
    { name: 'name', heading: 'Name', cell: ({ name }) => name ?? '–' },
    { name: 'role', heading: 'Role', cell: ({ role }) => formatWords(role) },
    {
      name: 'sites',
      heading: 'Sites',
      cell: ({ siteIds }) =>
        siteIds === null ? 'all' : siteIds.map((id) => names.site(id)).join(', ') || 'none',
    },
    { name: 'since', heading: 'Since', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
    {
      name: 'change',
      heading: 'Change',
      cell: (member) => (
        <>
          {mayRevoke ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setEnded(member)}
              aria-label={`Sign out ${member.email}`}
            >
              Sign out
            </Button>
          ) : null}{' '}
          {mayRecover ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setReset(member)}
              aria-label={`Reset 2FA of ${member.email}`}
            >
              Reset 2FA
            </Button>
          ) : null}
          {mayRevoke || mayRecover ? null : '–'}
        </>
      ),
    },
  ];
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          <DataTable
            label="Members"
            columns={columns}
            rows={items}
            rowKey={({ userId }) => userId}
            empty="The account has no member"
          />
          {ended === undefined ? null : (
            <RevokeSessions accountId={accountId} member={ended} close={() => setEnded(undefined)} />
          )}
          {reset === undefined ? null : (
            <ResetSecondFactor email={reset.email} close={() => setReset(undefined)} />
          )}
        </>
      )}
    </Loaded>
  );
}

function Keys({ accountId, names }: PeopleProps) {
  const query = usePaged((cursor) => api.apiKey.list.queryOptions({ accountId, limit: 20, cursor }));
  const [revoked, setRevoked] = useState<ApiKey>();
  const mayRevoke = usePower('access:revoke');
  const columns: readonly Column<ApiKey>[] = [
    { name: 'name', heading: 'Name', cell: ({ name }) => name },
    { name: 'prefix', heading: 'Prefix', cell: ({ prefix }) => <Code>{prefix}…</Code> },
    {
      name: 'by',
      heading: 'Made by',
      cell: ({ createdBy }) => (createdBy === null ? '–' : names.user(createdBy)),
    },
    {
      name: 'used',
      heading: 'Last used',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Time at={lastUsedAt} as="distance" />),
    },
    {
      name: 'scopes',
      heading: 'May',
      isWideOnly: true,
      cell: (key) => <Scopes apiKey={key} names={names} />,
    },
    { name: 'state', heading: 'State', cell: (key) => <KeyState apiKey={key} /> },
    {
      name: 'change',
      heading: 'Change',
      cell: (key) =>
        mayRevoke && key.revokedAt === null ? (
          <Button
            size="compact-xs"
            variant="default"
            color="red"
            onClick={() => setRevoked(key)}
            aria-label={`Revoke ${key.name}`}
          >
            Revoke
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PagedTable
        label="API keys"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty="No key yet"
      />
      {revoked === undefined ? null : (
        <RevokeKey accountId={accountId} apiKey={revoked} close={() => setRevoked(undefined)} />
      )}
    </>
  );
}

/** What a key may do, and on which site. */
function Scopes({ apiKey: { scopes, siteId }, names }: { readonly apiKey: ApiKey; readonly names: Names }) {
  return (
    <Text size="xs" component="div" maw={200}>
      {scopes.join(', ')}
      {siteId === null ? null : <div>on {names.site(siteId)}</div>}
    </Text>
  );
}

function KeyState({ apiKey: { revokedAt, expiresAt } }: { readonly apiKey: ApiKey }) {
  if (revokedAt !== null)
    return (
      <>
        revoked <Time at={revokedAt} as="day" />
      </>
    );
  if (expiresAt !== null && new Date(expiresAt) <= new Date())
    return (
      <>
        expired <Time at={expiresAt} as="day" />
      </>
    );
  return <StatusBadge status="active" />;
}

function Sessions({ accountId }: PeopleProps) {
  const query = usePaged((cursor) => api.member.listSessions.queryOptions({ accountId, limit: 10, cursor }));
  const stateOf = ({ revokedAt, expiresAt }: MemberSession) => {
    if (revokedAt !== null) return 'ended';
    return new Date(expiresAt) <= new Date() ? 'expired' : 'active';
  };
  const columns: readonly Column<MemberSession>[] = [
    { name: 'who', heading: 'Who', cell: ({ email }) => email },
    { name: 'kept', heading: 'Kept', cell: ({ inCookie }) => (inCookie ? 'in a cookie' : 'as tokens') },
    { name: 'since', heading: 'Signed in', cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      name: 'until',
      heading: 'Ends',
      cell: ({ revokedAt, expiresAt }) => <Time at={revokedAt ?? expiresAt} as="distance" />,
    },
    { name: 'state', heading: 'State', cell: (session) => <StatusBadge status={stateOf(session)} /> },
  ];
  return (
    <PagedTable
      label="Sessions"
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      empty="Nobody has signed in"
    />
  );
}

function Sites({ accountId }: PeopleProps) {
  const query = usePaged((cursor) => api.site.list.queryOptions({ accountId, limit: 20, cursor }));
  const columns: readonly Column<Site>[] = [
    { name: 'name', heading: 'Name', cell: ({ name }) => name },
    { name: 'domain', heading: 'Domain', cell: ({ domain }) => domain ?? '–' },
    { name: 'since', heading: 'Since', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
    {
      name: 'state',
      heading: 'State',
      cell: ({ archivedAt }) => <StatusBadge status={archivedAt === null ? 'active' : 'archived'} />,
    },
  ];
  return (
    <PagedTable label="Sites" query={query} columns={columns} rowKey={({ id }) => id} empty="No site yet" />
  );
}

function Invitations({ accountId }: PeopleProps) {
  const query = usePaged((cursor) =>
    api.member.listInvitations.queryOptions({ accountId, limit: 10, cursor }),
  );
  const columns: readonly Column<Invitation>[] = [
    { name: 'email', heading: 'E-mail', cell: ({ email }) => email },
    { name: 'role', heading: 'Role', cell: ({ role }) => formatWords(role) },
    { name: 'sent', heading: 'Sent', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
    { name: 'ends', heading: 'Ends', cell: ({ expiresAt }) => <Time at={expiresAt} as="day" /> },
    { name: 'status', heading: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  ];
  return (
    <PagedTable
      label="Invitations"
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      empty="Nobody is invited"
    />
  );
}
