import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import type { StaffPlan } from '@tenantry/client';
import type { CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { Credits, Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { Facts } from '@tenantry/ui/facts';
import { formatNumber } from '@tenantry/ui/format/number';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { cycleWord } from './cycle.ts';
import { NoWrap } from './no-wrap.tsx';
import { SidePanel } from './side-panel.tsx';
import { writeName } from './words.ts';

type Version = StaffPlan['versions'][number];

const columns: readonly Column<Version>[] = [
  { name: 'version', heading: 'Version', cell: ({ version }) => <NoWrap>Version {version}</NoWrap> },
  { name: 'state', heading: 'State', cell: ({ state }) => <StatusBadge status={state} /> },
  { name: 'price', heading: 'Price', isNumber: true, cell: ({ price }) => <Money {...price} /> },
  { name: 'credits', heading: 'Credits', isNumber: true, cell: ({ credits }) => <Credits value={credits} /> },
  { name: 'accounts', heading: 'Accounts', isNumber: true, cell: ({ accounts }) => formatNumber(accounts) },
  {
    name: 'renews',
    heading: 'Renews as',
    cell: ({ renewsAs }) => (renewsAs === null ? 'itself' : `version ${renewsAs}`),
  },
  { name: 'since', heading: 'Since', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
];

interface PlanPanelProps {
  readonly plan: StaffPlan;
  /** The newest version as the file declares it. */
  readonly declared: CataloguePlan | undefined;
  /** Opens the form; undefined for who may not change plans. */
  readonly edit: (() => void) | undefined;
}

/** One plan: what its newest version is, and who is on which version. */
export function PlanPanel({ plan, declared, edit }: PlanPanelProps) {
  return (
    <SidePanel title={`Plan ${plan.slug}`}>
      {edit === undefined ? null : (
        <Group>
          <Button onClick={edit}>Change this plan</Button>
        </Group>
      )}
      {declared === undefined ? null : <Facts facts={factsOf(declared)} />}
      <div>
        <Title order={3} size="h5" mb="xs">
          Versions
        </Title>
        <DataTable
          label={`Versions of ${plan.slug}`}
          columns={columns}
          rows={plan.versions}
          rowKey={({ version }) => String(version)}
          empty="There is no version."
        />
      </div>
      <Text size="sm">
        {plan.accounts === 0 ? (
          'No account is on this plan.'
        ) : (
          <Anchor inherit href={`/accounts?planSlug=${encodeURIComponent(plan.slug)}`}>
            {plan.accounts === 1 ? 'The account' : `The ${formatNumber(plan.accounts)} accounts`} on this plan
          </Anchor>
        )}
      </Text>
    </SidePanel>
  );
}

function factsOf(plan: CataloguePlan) {
  const limits = Object.entries(plan.limits).map(
    ([name, most]) => `${writeName(name)}: ${formatNumber(most)}`,
  );
  return [
    ['Name', plan.name],
    ['State', <StatusBadge key="state" status={plan.state} />],
    ['Who may choose it', plan.internal ? 'Nobody: it is internal' : 'Any customer'],
    [
      'Price',
      <span key="price">
        <Money {...plan.price} /> {cycleWord[plan.cycle]}
      </span>,
    ],
    ['Credits a month', <Credits key="credits" value={plan.credits} />],
    ['Rollover at most', <Credits key="rollover" value={plan.rolloverCreditsMax} />],
    ['Purchased credits', plan.purchaseDays === null ? 'never end' : `end after ${plan.purchaseDays} days`],
    ['Trial', plan.trialDays === 0 ? 'none' : `${plan.trialDays} days`],
    ['Grace', plan.graceDays === 0 ? 'none' : `${plan.graceDays} days`],
    ['Features', plan.features.length === 0 ? 'none' : plan.features.join(', ')],
    ['Limits', limits.join(', ')],
  ] as const;
}
