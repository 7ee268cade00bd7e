import { Group, NumberInput, TextInput } from '@mantine/core';
import { currencyDigits } from '@tenantry/domain/currency';
import type { CataloguePrice } from '@tenantry/domain/catalogue/catalogue';

/** What a field holds: a number, or a text while it is written, as with zeros behind the mark; undefined for an empty one. */
function numberOf(given: number | string): number | undefined {
  const value = Number(given);
  return given === '' || !Number.isFinite(value) ? undefined : value;
}

interface CountFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: number;
  readonly change: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
}

/** A whole number. A field that is emptied is the least that it may be. */
export function CountField({ label, description, value, change, min = 0, max }: CountFieldProps) {
  return (
    <NumberInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={value}
      onChange={(given) => change(numberOf(given) ?? min)}
      min={min}
      {...(max === undefined ? {} : { max })}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
    />
  );
}

/** A whole number that may be left empty. */
export function OptionalCountField({
  value,
  change,
  ...field
}: Omit<CountFieldProps, 'value' | 'change'> & {
  readonly value: number | null;
  readonly change: (value: number | null) => void;
}) {
  return (
    <NumberInput
      {...field}
      value={value ?? ''}
      onChange={(given) => change(numberOf(given) ?? null)}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
    />
  );
}

/** A price: written in the currency's own digits, kept in minor units. */
export function PriceField({
  label,
  price,
  change,
}: {
  readonly label: string;
  readonly price: CataloguePrice;
  readonly change: (price: CataloguePrice) => void;
}) {
  const digits = currencyDigits(price.currency);
  const scale = 10 ** digits;
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <NumberInput
        label={label}
        value={price.amount / scale}
        onChange={(given) => change({ ...price, amount: Math.round((numberOf(given) ?? 0) * scale) })}
        min={0}
        decimalScale={digits}
        fixedDecimalScale
        allowNegative={false}
        thousandSeparator=","
        style={{ flex: 1 }}
      />
      <TextInput
        label="Currency"
        value={price.currency}
        onChange={(event) => change({ ...price, currency: event.currentTarget.value.toUpperCase() })}
        maxLength={3}
        w={90}
      />
    </Group>
  );
}
