import '@mantine/charts/styles.css';
import type { OverviewActivity, OverviewRevenue } from '@tenantry/client';
import { currencyDigits } from '@tenantry/domain/currency';
import { formatMoney } from '@tenantry/ui/format/money';
import { formatNumber } from '@tenantry/ui/format/number';
import { formatWords } from '@tenantry/ui/format/words';
import { Loaded } from '@tenantry/ui/state';
import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { usePower } from '../../session.ts';
import { ChartCard } from './chart-card.tsx';

/** The last thirty days: revenue, credits and sign-ups. */
export function Charts() {
  const maySeeRevenue = usePower('revenue:read');
  const activity = useQuery(api.overview.activity.queryOptions({}));
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
      {maySeeRevenue ? <Revenue /> : null}
      <Loaded query={activity}>{(data) => <Activity activity={data} />}</Loaded>
    </SimpleGrid>
  );
}

function Activity({ activity: { days, measuredAt } }: { readonly activity: OverviewActivity }) {
  return (
    <>
      <ChartCard
        title="Credits"
        measuredAt={measuredAt}
        days={days.map(({ day, granted, spent, expired }) => ({ day, granted, spent, expired }))}
        series={[
          { name: 'granted', label: 'Granted', color: 'indigo.6' },
          { name: 'spent', label: 'Spent', color: 'teal.6' },
          { name: 'expired', label: 'Expired', color: 'orange.6' },
        ]}
        format={(value) => formatNumber(value)}
      />
      <ChartCard
        title="Sign-ups"
        measuredAt={null}
        days={days.map(({ day, signUps }) => ({ day, signUps }))}
        series={[{ name: 'signUps', label: 'Accounts', color: 'indigo.6' }]}
        format={(value) => formatNumber(value)}
      />
    </>
  );
}

const methodColors: Readonly<Record<string, string>> = {
  bank_transfer: 'teal.6',
  stripe: 'indigo.6',
  paypal: 'cyan.6',
};

/** Revenue, one chart for each currency that had any. */
function Revenue() {
  const revenue = useQuery(api.overview.revenue.queryOptions({}));
  return (
    <Loaded query={revenue}>
      {(data) => {
        const currencies = currenciesOf(data);
        if (currencies.length === 0)
          return (
            <ChartCard title="Revenue" measuredAt={data.measuredAt} days={[]} series={[]} format={String} />
          );
        return currencies.map((currency) => <RevenueIn key={currency} revenue={data} currency={currency} />);
      }}
    </Loaded>
  );
}

function currenciesOf({ items }: OverviewRevenue): string[] {
  return [...new Set(items.map(({ currency }) => currency))].toSorted();
}

function RevenueIn({ revenue, currency }: { readonly revenue: OverviewRevenue; readonly currency: string }) {
  const items = revenue.items.filter((item) => item.currency === currency);
  const methods = [...new Set(items.map(({ method }) => method))].toSorted();
  const unit = 10 ** currencyDigits(currency);
  const days = daysBetween(revenue.from, revenue.to).map((day) => {
    const ofDay = items.filter((item) => item.day === day);
    const net = (method: string) =>
      ofDay.find((item) => item.method === method) ?? { received: 0, sentBack: 0 };
    return {
      day,
      ...Object.fromEntries(
        methods.map((method) => [method, (net(method).received - net(method).sentBack) / unit]),
      ),
    };
  });
  return (
    <ChartCard
      title={`Revenue in ${currency}`}
      measuredAt={revenue.measuredAt}
      days={days}
      series={methods.map((name) => ({
        name,
        label: formatWords(name),
        color: methodColors[name] ?? 'gray.6',
      }))}
      format={(value) => formatMoney(Math.round(value * unit), currency)}
      areFractions
      isStacked
    />
  );
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
