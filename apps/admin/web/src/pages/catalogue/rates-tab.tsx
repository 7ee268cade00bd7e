import { Stack, Text } from '@mantine/core';
import type { CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { throttleScopes } from '@tenantry/domain/plans';
import { formatNumber } from '@tenantry/ui/format/number';
import { Empty } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import type { Stored } from './draft.ts';
import { Toolbar, useFiltered } from './toolbar.tsx';
import { writeName } from './words.ts';

interface Row {
  readonly slug: string;
  readonly plan: CataloguePlan;
}

const columns: readonly Column<Row>[] = [
  { name: 'plan', heading: 'Plan', cell: ({ slug }) => slug },
  ...throttleScopes.map((scope) => ({
    name: scope,
    heading: writeName(scope),
    isNumber: true,
    cell: ({ plan }: Row) => formatNumber(plan.throttle[scope]),
  })),
];

/** How many calls a minute an account of each plan may make. */
export function RatesTab({ stored: { catalogue } }: { readonly stored: Stored }) {
  const all = Object.entries(catalogue.plans).map(([slug, plan]) => ({ slug, plan }));
  const rows = useFiltered(all, ({ slug, plan }) => `${slug} ${plan.name}`);
  return (
    <Stack gap={0}>
      <Toolbar label="Filter plans" />
      <Text size="sm" c="dimmed" mb="sm">
        Calls a minute of an account, by the kind of call. They are part of a plan: change them there.
      </Text>
      <DataTable
        label="Throttle rates of each plan"
        columns={columns}
        rows={rows}
        rowKey={({ slug }) => slug}
        empty={<Empty title={all.length === 0 ? 'There is no plan' : 'No plan has this in its name'} />}
      />
    </Stack>
  );
}
