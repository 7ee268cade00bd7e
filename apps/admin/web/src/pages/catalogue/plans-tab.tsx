import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { StaffPlan } from '@tenantry/client';
import type { CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { Credits, Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatNumber } from '@tenantry/ui/format/number';
import { Empty, Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../api.ts';
import { usePower } from '../../session.ts';
import { cycleWord } from './cycle.ts';
import type { Draft, Stored } from './draft.ts';
import { OpenLink } from './open-link.tsx';
import { PlanForm } from './plan-form.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { Toolbar, useFiltered } from './toolbar.tsx';

const newPlan: CataloguePlan = {
  name: '',
  state: 'listed',
  internal: false,
  price: { amount: 0, currency: 'USD' },
  cycle: 'monthly',
  credits: 1000,
  rolloverCreditsMax: 0,
  purchaseDays: null,
  trialDays: 0,
  graceDays: 7,
  features: ['sites', 'operations'],
  limits: { users: 1, sites: 1, sectorsPerSite: 1, apiKeys: 1 },
  throttle: defaultThrottleRates,
};

const newest = ({ versions }: StaffPlan) => versions[0];

const columns: readonly Column<StaffPlan>[] = [
  {
    name: 'plan',
    heading: 'Plan',
    cell: (plan) => (
      <div>
        <OpenLink name={plan.slug} />
        <Text size="xs" c="dimmed">
          {newest(plan)?.name}
        </Text>
      </div>
    ),
  },
  {
    name: 'state',
    heading: 'State',
    cell: (plan) => {
      const shown = newest(plan);
      return shown === undefined ? null : (
        <StatusBadge status={shown.state} {...(shown.internal ? { label: 'Internal' } : {})} />
      );
    },
  },
  {
    name: 'price',
    heading: 'Price',
    isNumber: true,
    cell: (plan) => {
      const shown = newest(plan);
      return shown === undefined ? null : (
        <>
          <Money {...shown.price} /> {cycleWord[shown.cycle]}
        </>
      );
    },
  },
  {
    name: 'credits',
    heading: 'Credits a month',
    isNumber: true,
    cell: (plan) => <Credits value={newest(plan)?.credits ?? 0} />,
  },
  { name: 'accounts', heading: 'Accounts', isNumber: true, cell: ({ accounts }) => formatNumber(accounts) },
  {
    name: 'versions',
    heading: 'Versions',
    isNumber: true,
    cell: ({ versions }) => {
      const used = versions.filter(({ accounts }) => accounts > 0).length;
      return `${versions.length} (${used} in use)`;
    },
  },
];

interface TabProps {
  readonly stored: Stored;
  readonly propose: (draft: Draft, applied: () => void) => void;
  readonly notes: ReactNode;
}

/** The plans, with who is on which. */
export function PlansTab({ stored, propose, notes }: TabProps) {
  const plans = useQuery(api.plan.list.queryOptions({}));
  const canWrite = usePower('catalogue:write');
  const { open } = useSearch({ from: '/signed-in/catalogue' });
  const [edited, setEdited] = useState<{ base: Stored; slug?: string; initial: CataloguePlan }>();
  const edit = (slug?: string) => {
    const initial = slug === undefined ? newPlan : stored.catalogue.plans[slug];
    if (initial !== undefined) setEdited({ base: stored, initial, ...(slug === undefined ? {} : { slug }) });
  };
  const add = canWrite ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit()}>
      New plan
    </Button>
  ) : undefined;
  return (
    <Stack gap="md">
      {notes}
      <div>
        <Toolbar label="Filter plans">{add}</Toolbar>
        <Loaded query={plans}>
          {({ items }) => (
            <>
              <PlanTable plans={items} />
              {items
                .filter(({ slug }) => slug === open)
                .map((plan) => (
                  <PlanPanel
                    key={plan.slug}
                    plan={plan}
                    declared={stored.catalogue.plans[plan.slug]}
                    edit={canWrite ? () => edit(plan.slug) : undefined}
                  />
                ))}
            </>
          )}
        </Loaded>
      </div>
      {edited === undefined ? null : (
        <PlanForm {...edited} propose={propose} close={() => setEdited(undefined)} />
      )}
    </Stack>
  );
}

function PlanTable({ plans }: { readonly plans: readonly StaffPlan[] }) {
  const rows = useFiltered(plans, (plan) => `${plan.slug} ${newest(plan)?.name ?? ''}`);
  const empty =
    plans.length === 0 ? (
      <Empty title="Nothing is sold yet">Add a plan, or apply a file. Nobody can register before.</Empty>
    ) : (
      <Empty title="No plan has this in its name" />
    );
  return <DataTable label="Plans" columns={columns} rows={rows} rowKey={({ slug }) => slug} empty={empty} />;
}
