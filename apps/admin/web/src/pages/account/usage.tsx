import type { Usage as Used } from '@tenantry/client';
import { Credits as Amount } from '@tenantry/ui/amount';
import { Empty, Loaded, Loading } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { api } from '../../api.ts';
import type { Names } from './names.ts';
import type { AccountSearch } from './search.ts';
import { Section } from './section.tsx';

const Chart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }));

const dimensions = ['day', 'operation', 'site', 'key'] as const;
type Dimension = (typeof dimensions)[number];

interface UsageProps {
  readonly accountId: string;
  readonly names: Names;
  readonly search: AccountSearch;
  readonly setSearch: (changes: AccountSearch) => void;
}

/** What the account spent in the last 30 days, by day, operation, site or key: as a chart and as a table. */
export function Usage({ accountId, names, search, setSearch }: UsageProps) {
  const by = search.by ?? 'day';
  const query = useQuery(api.usage.list.queryOptions({ accountId, by, limit: 100 }));
  const nameOf = (group: string | null) => nameOfGroup(names, by, group);
  return (
    <Section
      title="Spent in the last 30 days"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="By"
          value={by}
          onChange={(value) => setSearch({ by: dimensions.find((one) => one === value) })}
          data={dimensions.map((value) => ({ value, label: `By ${value}` }))}
        />
      }
    >
      <Loaded query={query} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing was spent">Charges of the last 30 days appear here.</Empty>
          ) : (
            <Stack>
              <Suspense fallback={<Loading lines={8} />}>
                <Chart
                  rows={(by === 'day' ? items.toReversed() : items.slice(0, 20)).map(
                    ({ group, reported, estimated }) => ({
                      name: nameOf(group),
                      reported,
                      estimated,
                    }),
                  )}
                />
              </Suspense>
              <DataTable
                label="Usage"
                columns={columnsOf(nameOf)}
                rows={items}
                rowKey={({ group }) => group ?? ''}
                empty="Nothing was spent"
              />
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

function nameOfGroup(names: Names, by: Dimension, group: string | null): string {
  if (group === null) return by === 'key' ? 'Not by a key' : `No ${by}`;
  if (by === 'site') return names.site(group);
  return by === 'key' ? names.key(group) : group;
}

const columnsOf = (nameOf: (group: string | null) => string): readonly Column<Used>[] => [
  { name: 'group', heading: 'Of', cell: ({ group }) => nameOf(group) },
  { name: 'charges', heading: 'Charges', isNumber: true, cell: ({ charges }) => <Amount value={charges} /> },
  {
    name: 'reported',
    heading: 'Reported',
    isNumber: true,
    cell: ({ reported }) => <Amount value={reported} />,
  },
  {
    name: 'estimated',
    heading: 'Estimated',
    isNumber: true,
    cell: ({ estimated }) => <Amount value={estimated} />,
  },
  { name: 'spent', heading: 'Spent', isNumber: true, cell: ({ spent }) => <Amount value={spent} /> },
];
