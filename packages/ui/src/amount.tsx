import { Text } from '@mantine/core';
import { formatMoney } from './format/money.ts';
import { formatChange, formatNumber } from './format/number.ts';

const tabular = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const;

/** Money: integer minor units of a currency. */
export function Money({ amount, currency }: { readonly amount: number; readonly currency: string }) {
  return <span style={tabular}>{formatMoney(amount, currency)}</span>;
}

/** Credits: a whole number; `isChange` writes its sign and colours what is added. */
export function Credits({
  value,
  isChange = false,
}: {
  readonly value: number;
  readonly isChange?: boolean;
}) {
  return (
    <Text span inherit style={tabular} {...(isChange && value > 0 ? { c: 'var(--tenantry-positive)' } : {})}>
      {isChange ? formatChange(value) : formatNumber(value)}
    </Text>
  );
}
