import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { formatNumber } from '@tenantry/ui/format/number';

interface UsageChartProps {
  readonly rows: readonly { readonly name: string; readonly reported: number; readonly estimated: number }[];
}

/** Credits as stacked bars. The table below it has the same figures, so it is hidden from readers. */
export function UsageChart({ rows }: UsageChartProps) {
  return (
    <div aria-hidden>
      <BarChart
        h={240}
        data={[...rows]}
        dataKey="name"
        type="stacked"
        series={[
          { name: 'reported', label: 'Reported', color: 'indigo.6' },
          { name: 'estimated', label: 'Estimated', color: 'yellow.6' },
        ]}
        valueFormatter={(value) => formatNumber(value)}
        tickLine="none"
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
