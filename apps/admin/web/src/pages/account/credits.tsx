import type { CreditEntry, CreditGrant, CreditHold, CreditLimit } from '@tenantry/client';
import { Credits as Amount } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatWords } from '@tenantry/ui/format/words';
import { Empty } from '@tenantry/ui/state';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { usePower } from '../../session.ts';
import { RefundCharge } from './actions/refund-charge.tsx';
import type { Names } from './names.ts';
import { Proposals } from './proposals.tsx';
import type { AccountSearch } from './search.ts';
import { Section } from './section.tsx';
import { WhyCharged } from './why-charged.tsx';

interface CreditsProps {
  readonly accountId: string;
  readonly names: Names;
  readonly search: AccountSearch;
  readonly setSearch: (changes: AccountSearch) => void;
}

const kinds = [
  'grant',
  'grant_end',
  'grant_expiry',
  'hold',
  'settle',
  'release',
  'hold_expiry',
  'adjustment',
  'reversal',
  'true_up',
] as const;

/** The ledger of an account with why each entry was booked, its holds, grants and caps. */
export function Credits(props: CreditsProps) {
  const { accountId, search, setSearch } = props;
  const [refunded, setRefunded] = useState<CreditEntry>();
  const mayRefund = usePower('credit:adjust');
  return (
    <Stack>
      <Proposals accountId={accountId} names={props.names} />
      <Section title="Ledger">
        <Filters {...props} />
        <Ledger {...props} />
      </Section>
      <Section title="Open holds">
        <Holds {...props} />
      </Section>
      <Section title="Grants">
        <Grants {...props} />
      </Section>
      <Section title="Daily caps">
        <Caps {...props} />
      </Section>
      {search.entry === undefined ? null : (
        <WhyCharged
          accountId={accountId}
          entryId={search.entry}
          close={() => setSearch({ entry: undefined })}
          refund={mayRefund ? setRefunded : undefined}
        />
      )}
      {refunded === undefined ? null : (
        <RefundCharge accountId={accountId} entry={refunded} close={() => setRefunded(undefined)} />
      )}
    </Stack>
  );
}

function Filters({ accountId, names, search, setSearch }: CreditsProps) {
  const sites = usePaged((cursor) => api.site.list.queryOptions({ accountId, limit: 100, cursor }));
  const keys = usePaged((cursor) => api.apiKey.list.queryOptions({ accountId, limit: 100, cursor }));
  const idsOf = (query: typeof sites | typeof keys) =>
    query.data?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? [];
  return (
    <Group mb="sm" align="flex-end" gap="xs">
      <Select
        label="Kind"
        clearable
        placeholder="every"
        data={kinds.map((value) => ({ value, label: formatWords(value) }))}
        value={search.kind ?? null}
        onChange={(kind) => setSearch({ kind: kinds.find((one) => one === kind) })}
      />
      <TextInput
        label="Operation"
        placeholder="every"
        defaultValue={search.operation ?? ''}
        onBlur={({ currentTarget: { value } }) => setSearch({ operation: value === '' ? undefined : value })}
      />
      <Select
        label="Site"
        clearable
        placeholder="every"
        data={idsOf(sites).map((value) => ({ value, label: names.site(value) }))}
        value={search.site ?? null}
        onChange={(site) => setSearch({ site: site ?? undefined })}
      />
      <Select
        label="Key"
        clearable
        placeholder="every"
        data={idsOf(keys).map((value) => ({ value, label: names.key(value) }))}
        value={search.key ?? null}
        onChange={(key) => setSearch({ key: key ?? undefined })}
      />
    </Group>
  );
}

function Ledger({ accountId, names, search, setSearch }: CreditsProps) {
  const { kind, operation, site: siteId, key: keyId } = search;
  const filter = Object.fromEntries(
    Object.entries({ kind, operation, siteId, keyId }).filter(([, value]) => value !== undefined),
  );
  const query = usePaged((cursor) =>
    api.credit.listEntries.queryOptions({ accountId, ...filter, limit: 25, cursor }),
  );
  const columns: readonly Column<CreditEntry>[] = [
    { name: 'kind', heading: 'What', cell: (entry) => <What entry={entry} /> },
    { name: 'at', heading: 'When', cell: ({ at }) => <Time at={at} /> },
    {
      name: 'for',
      heading: 'For',
      cell: ({ operation: of, siteId: on }) =>
        [of, on === null ? null : names.site(on)].filter(Boolean).join(' · ') || '–',
    },
    { name: 'who', heading: 'Who', cell: ({ actor }) => names.actor(actor), isWideOnly: true },
    {
      name: 'amount',
      heading: 'Available',
      isNumber: true,
      cell: (entry) => <Amount value={changeOf(entry)} isChange />,
    },
    {
      name: 'after',
      heading: 'Balance',
      isNumber: true,
      cell: ({ availableAfter }) => <Amount value={availableAfter} />,
    },
    {
      name: 'why',
      heading: 'Why',
      cell: ({ id, sequence }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Why was entry ${sequence} booked?`}
          onClick={() => setSearch({ entry: id })}
        >
          Why?
        </Button>
      ),
    },
  ];
  return (
    <PagedTable
      label="Ledger"
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      isChosen={({ id }) => id === search.entry}
      empty={<Empty title="No entry fits">Clear a filter to see more of the ledger.</Empty>}
    />
  );
}

function What({ entry: { kind, amount, from, to } }: { readonly entry: CreditEntry }) {
  return (
    <>
      {formatWords(kind)}
      <Text size="xs" c="dimmed" component="div">
        <Amount value={amount} /> {from} → {to}
      </Text>
    </>
  );
}

/** By how much an entry changes what is available. */
function changeOf({ from, to, amount }: CreditEntry): number {
  if (to === 'available') return amount;
  return from === 'available' ? -amount : 0;
}

function Holds({ accountId, names }: CreditsProps) {
  const query = usePaged((cursor) =>
    api.credit.listHolds.queryOptions({ accountId, open: true, limit: 10, cursor }),
  );
  const columns: readonly Column<CreditHold>[] = [
    { name: 'operation', heading: 'Operation', cell: ({ operation }) => operation ?? 'an amount' },
    { name: 'site', heading: 'Site', cell: ({ siteId }) => (siteId === null ? '–' : names.site(siteId)) },
    { name: 'since', heading: 'Since', cell: ({ createdAt }) => <Time at={createdAt} as="distance" /> },
    { name: 'ends', heading: 'Ends', cell: ({ expiresAt }) => <Time at={expiresAt} as="distance" /> },
    { name: 'amount', heading: 'Held', isNumber: true, cell: ({ amount }) => <Amount value={amount} /> },
  ];
  return (
    <PagedTable
      label="Open holds"
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      empty="No open hold"
    />
  );
}

function Grants({ accountId }: CreditsProps) {
  const query = usePaged((cursor) => api.credit.listGrants.queryOptions({ accountId, limit: 10, cursor }));
  const columns: readonly Column<CreditGrant>[] = [
    { name: 'kind', heading: 'Kind', cell: ({ kind }) => formatWords(kind) },
    { name: 'given', heading: 'When', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
    {
      name: 'ends',
      heading: 'Ends',
      cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} as="day" />),
    },
    { name: 'amount', heading: 'Given', isNumber: true, cell: ({ amount }) => <Amount value={amount} /> },
    { name: 'left', heading: 'Left', isNumber: true, cell: ({ available }) => <Amount value={available} /> },
    { name: 'held', heading: 'Held', isNumber: true, cell: ({ held }) => <Amount value={held} /> },
  ];
  return (
    <PagedTable label="Grants" query={query} columns={columns} rowKey={({ id }) => id} empty="No grant yet" />
  );
}

function Caps({ accountId, names }: CreditsProps) {
  const query = usePaged((cursor) => api.credit.listLimits.queryOptions({ accountId, limit: 10, cursor }));
  const nameOf = ({ siteId, keyId }: CreditLimit) =>
    siteId === null ? `Key ${names.key(keyId ?? '')}` : `Site ${names.site(siteId)}`;
  const columns: readonly Column<CreditLimit>[] = [
    { name: 'of', heading: 'Of', cell: nameOf },
    {
      name: 'used',
      heading: 'Used today',
      isNumber: true,
      cell: ({ usedToday }) => <Amount value={usedToday} />,
    },
    {
      name: 'max',
      heading: 'Cap a day',
      isNumber: true,
      cell: ({ creditsPerDayMax }) => (creditsPerDayMax === null ? '–' : <Amount value={creditsPerDayMax} />),
    },
    {
      name: 'state',
      heading: 'State',
      cell: ({ usedToday, creditsPerDayMax }) =>
        creditsPerDayMax !== null && usedToday >= creditsPerDayMax ? (
          <StatusBadge status="failed" label="Reached" />
        ) : (
          'below'
        ),
    },
  ];
  return (
    <PagedTable label="Daily caps" query={query} columns={columns} rowKey={nameOf} empty="No cap is set" />
  );
}
