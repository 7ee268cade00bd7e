import type { StaffAccountDetail } from '@tenantry/client';
import { Credits, Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { Facts } from '@tenantry/ui/facts';
import { formatWords } from '@tenantry/ui/format/words';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Alert, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Names } from './names.ts';
import { Section } from './section.tsx';
import { StandingLine } from './standing.tsx';

interface OverviewProps {
  readonly account: StaffAccountDetail;
  readonly names: Names;
}

/** The state of an account on one screen. */
export function Overview({ account, names }: OverviewProps) {
  return (
    <Stack>
      {account.overLimits.length === 0 ? null : (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="More than the plan allows">
          {account.overLimits.map(limitName).join(', ')}. What is there keeps working; nothing is added.
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Standing">
          <Standing account={account} names={names} />
        </Section>
        <Section title="Credits">
          <CreditFacts account={account} />
        </Section>
        <Section title="Subscription">
          <Subscription account={account} />
        </Section>
        <Section title="Limits of the plan">
          <Limits account={account} />
        </Section>
      </SimpleGrid>
      <Section title="Periods">
        <Periods account={account} />
      </Section>
    </Stack>
  );
}

function Standing({ account, names }: OverviewProps) {
  const { decision, statusReason, graceEndsAt, subscription } = account;
  return (
    <Stack gap="sm">
      <StandingLine account={account} />
      <Facts
        facts={[
          ['Status', <StatusBadge key="status" status={account.status} />],
          ['Reason', statusReason ?? undefined],
          [
            'Decided',
            decision === null ? undefined : (
              <>
                <Time at={decision.at} /> by {names.actor(decision.by)}
                {decision.reason === null || decision.reason === statusReason ? '' : `: ${decision.reason}`}
              </>
            ),
          ],
          [
            'Paid through',
            subscription.paidThrough === null ? undefined : <Time key="paid" at={subscription.paidThrough} />,
          ],
          ['Grace ends', graceEndsAt === null ? undefined : <Time key="grace" at={graceEndsAt} />],
          ['Customer since', <Time key="since" at={account.createdAt} as="day" />],
          ['Clock', account.sandbox ? <Time key="now" at={account.now} /> : undefined],
        ]}
      />
    </Stack>
  );
}

function CreditFacts({
  account: { credits, creditsOwed, openHolds },
}: {
  readonly account: StaffAccountDetail;
}) {
  const { byKind } = credits;
  return (
    <Facts
      facts={[
        ['Available', <Credits key="available" value={credits.available} />],
        ['of the plan', <Credits key="plan" value={byKind.plan} />],
        ['promotional', <Credits key="promo" value={byKind.promo} />],
        ['given by staff', <Credits key="adjustment" value={byKind.adjustment} />],
        ['bought', <Credits key="purchase" value={byKind.purchase} />],
        [
          'Held',
          <>
            <Credits value={credits.held} /> in {openHolds} {openHolds === 1 ? 'hold' : 'holds'}
          </>,
        ],
        ['Spent', <Credits key="spent" value={credits.spent} />],
        ['Expired', <Credits key="expired" value={credits.expired} />],
        ['Owed', creditsOwed === 0 ? undefined : <Credits key="owed" value={creditsOwed} />],
      ]}
    />
  );
}

function Subscription({
  account: { subscription, moneyBalances },
}: {
  readonly account: StaffAccountDetail;
}) {
  const { plan, next } = subscription;
  return (
    <Facts
      facts={[
        ['Plan', `${plan.name} (version ${plan.version})`],
        ['Status', <StatusBadge key="status" status={subscription.status} />],
        ['Price', <Money key="price" {...plan.price} />],
        ['Pays by', formatWords(subscription.paymentMethod)],
        [
          'Period',
          <>
            <Time at={subscription.periodStart} as="day" /> – <Time at={subscription.periodEnd} as="day" />
          </>,
        ],
        [
          'Next',
          next === null ? (
            'Not paid yet'
          ) : (
            <>
              {next.planSlug} from <Time at={next.periodStart} as="day" />
            </>
          ),
        ],
        ['Last reference', subscription.externalPaymentId ?? undefined],
        [
          'Balance',
          moneyBalances.length === 0
            ? undefined
            : moneyBalances.map((money) => (
                <div key={money.currency}>
                  <Money {...money} />
                </div>
              )),
        ],
      ]}
    />
  );
}

function Limits({ account: { limits } }: { readonly account: StaffAccountDetail }) {
  return (
    <Stack gap="xs">
      {limits.map(({ name, used, max }) => {
        const share = used === null || max === 0 ? 0 : Math.min(100, (used / max) * 100);
        const isOver = used !== null && used > max;
        return (
          <div key={name}>
            <Text size="sm" component="div" style={{ display: 'flex', justifyContent: 'space-between' }}>
              <span>{limitName(name)}</span>
              <span>
                {used ?? '–'} of {max}
              </span>
            </Text>
            <Progress
              value={share}
              size="sm"
              color={isOver ? 'red' : 'indigo'}
              aria-label={`${name} in use`}
            />
          </div>
        );
      })}
    </Stack>
  );
}

/** A limit as people call it: `sectorsPerSite` becomes `Sectors per site`. */
const limitName = (name: string) =>
  name === 'apiKeys' ? 'API keys' : formatWords(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase());

type Period = StaffAccountDetail['periods'][number];

const columns: readonly Column<Period>[] = [
  { name: 'plan', heading: 'Plan', cell: ({ planSlug, planVersion }) => `${planSlug} v${planVersion}` },
  { name: 'from', heading: 'From', cell: ({ startsAt }) => <Time at={startsAt} as="day" /> },
  { name: 'to', heading: 'To', cell: ({ endsAt }) => <Time at={endsAt} as="day" /> },
  {
    name: 'state',
    heading: 'State',
    cell: ({ state }) => (
      <StatusBadge status={state === 'running' ? 'active' : state} label={formatWords(state)} />
    ),
  },
];

function Periods({ account: { periods } }: { readonly account: StaffAccountDetail }) {
  return (
    <DataTable
      label="Periods"
      columns={columns}
      rows={periods.toReversed()}
      rowKey={({ startsAt, planSlug }) => `${startsAt} ${planSlug}`}
      empty="No period yet"
    />
  );
}
