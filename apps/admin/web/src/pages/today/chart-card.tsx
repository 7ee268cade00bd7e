import { BarChart } from '@mantine/charts';
import { Empty } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Card, Group, Table, Text, Title, VisuallyHidden } from '@mantine/core';

interface Series {
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

/** A UTC day with the value of each series. */
type Day = { readonly day: string } & Readonly<Record<string, number | string>>;

interface ChartCardProps {
  readonly title: string;
  /** Up to when its figures are counted; null where they are counted when asked. */
  readonly measuredAt: string | null;
  readonly days: readonly Day[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** Whether its values can be fractions, as money is. */
  readonly areFractions?: boolean;
  /** Whether the series of a day add up. */
  readonly isStacked?: boolean;
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
/** A day as people read it. A tooltip without a day has none. */
const writeDay = (day: unknown) => (typeof day === 'string' ? dayFormat.format(new Date(day)) : '');

/** A chart of UTC days, and the same figures as a table for people who hear it. */
export function ChartCard(props: ChartCardProps) {
  const { title, measuredAt, days, series, format, areFractions = false, isStacked = false } = props;
  const isEmpty = days.every((day) => series.every(({ name }) => Number(day[name]) === 0));
  return (
    <Card withBorder component="section">
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="xs" c="dimmed" component="div">
          30 days, UTC
          {measuredAt === null ? null : (
            <>
              {' · counted '}
              <Time at={measuredAt} as="distance" />
            </>
          )}
        </Text>
      </Group>
      {isEmpty ? (
        <Empty title="Nothing in these thirty days" />
      ) : (
        <>
          <BarChart
            aria-hidden
            h={220}
            data={days.map((day) => ({ ...day }))}
            dataKey="day"
            type={isStacked ? 'stacked' : 'default'}
            series={series.map((one) => ({ ...one }))}
            valueFormatter={format}
            withLegend={series.length > 1}
            legendProps={{ verticalAlign: 'bottom' }}
            xAxisProps={{ tickFormatter: writeDay, minTickGap: 24 }}
            yAxisProps={{ width: 80, allowDecimals: areFractions }}
            tooltipProps={{ labelFormatter: writeDay }}
            barChartProps={{ accessibilityLayer: false }}
          />
          <VisuallyHidden>
            <Table>
              <Table.Caption>{title}, by UTC day</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Day</Table.Th>
                  {series.map(({ name, label }) => (
                    <Table.Th key={name} scope="col">
                      {label}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {days.map((day) => (
                  <Table.Tr key={day.day}>
                    <Table.Th scope="row">{day.day}</Table.Th>
                    {series.map(({ name }) => (
                      <Table.Td key={name}>{format(Number(day[name]))}</Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </VisuallyHidden>
        </>
      )}
    </Card>
  );
}
