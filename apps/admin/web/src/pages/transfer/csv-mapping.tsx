import { type CsvMapping, csvCharsets, csvDateForms } from '@tenantry/domain/statement/csv-mapping';
import { Fieldset, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';

/** The fields of a mapping as a person types them. A column is the text of its head, or its number. */
export interface CsvForm {
  readonly delimiter: CsvMapping['delimiter'];
  readonly decimal: CsvMapping['decimal'];
  readonly dateForm: CsvMapping['dateForm'];
  readonly charset: CsvMapping['charset'];
  readonly skippedRows: number;
  readonly account: string;
  readonly currency: string;
  readonly bookedOn: string;
  readonly amount: string;
  /** The column of money that went out, where there are two. */
  readonly debit: string;
  readonly name: string;
  readonly remittance: string;
  readonly bankId: string;
}

export const emptyCsvForm: CsvForm = {
  delimiter: ';',
  decimal: ',',
  dateForm: 'DD.MM.YYYY',
  charset: 'utf-8',
  skippedRows: 0,
  account: '',
  currency: 'USD',
  bookedOn: '',
  amount: '',
  debit: '',
  name: '',
  remittance: '',
  bankId: '',
};

const column = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : text.trim());

/** The mapping that the fields say. Fields that are empty are left out. */
export function mappingOf(form: CsvForm): CsvMapping {
  const { delimiter, decimal, dateForm, charset, skippedRows, account, currency } = form;
  const optional = (name: 'name' | 'bankId') =>
    form[name].trim() === '' ? {} : { [name]: column(form[name]) };
  const amount =
    form.debit.trim() === ''
      ? { column: column(form.amount) }
      : { credit: column(form.amount), debit: column(form.debit) };
  return {
    delimiter,
    decimal,
    dateForm,
    charset,
    hasHeader: true,
    skippedRows,
    account: account.trim(),
    currency: currency.trim().toUpperCase(),
    columns: {
      bookedOn: column(form.bookedOn),
      amount,
      remittance: form.remittance.trim() === '' ? [] : [column(form.remittance)],
      ...optional('name'),
      ...optional('bankId'),
    },
  };
}

interface CsvMappingFieldsProps {
  readonly form: CsvForm;
  readonly change: (form: CsvForm) => void;
}

const delimiters = [
  { value: ';', label: 'Semicolon' },
  { value: ',', label: 'Comma' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar' },
];

const texts = [
  ['account', 'Your account', true],
  ['currency', 'Currency of the account', true],
  ['bookedOn', 'Column of the day', true],
  ['amount', 'Column of the amount, or of money that came in', true],
  ['debit', 'Column of money that went out', false],
  ['name', 'Column of the payer', false],
  ['remittance', 'Column of what the payer wrote', false],
  ['bankId', 'Column of the bank’s id', false],
] as const;

/** Where the columns of a CSV file are, and how it writes. */
export function CsvMappingFields({ form, change }: CsvMappingFieldsProps) {
  const set = (part: Partial<CsvForm>) => change({ ...form, ...part });
  return (
    <Fieldset legend="Columns, by the text of their head or by their number from 1">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {texts.map(([name, label, required]) => (
          <TextInput
            key={name}
            label={label}
            required={required}
            maxLength={200}
            value={form[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          label="Between columns"
          data={delimiters}
          value={form.delimiter}
          allowDeselect={false}
          onChange={(value) => set({ delimiter: one([';', ',', '\t', '|'], value) })}
        />
        <Select
          label="Decimal sign"
          data={[',', '.']}
          value={form.decimal}
          allowDeselect={false}
          onChange={(value) => set({ decimal: one([',', '.'], value) })}
        />
        <Select
          label="How a day is written"
          data={[...csvDateForms]}
          value={form.dateForm}
          allowDeselect={false}
          onChange={(value) => set({ dateForm: one(csvDateForms, value) })}
        />
        <Select
          label="Charset"
          data={[...csvCharsets]}
          value={form.charset}
          allowDeselect={false}
          onChange={(value) => set({ charset: one(csvCharsets, value) })}
        />
        <NumberInput
          label="Rows before the head"
          min={0}
          max={100}
          value={form.skippedRows}
          onChange={(value) => set({ skippedRows: Number(value) || 0 })}
        />
      </SimpleGrid>
    </Fieldset>
  );
}

/** The value of a list that was chosen; its first where nothing was. */
function one<Value extends string>(list: readonly [Value, ...Value[]], value: string | null): Value {
  return list.find((known) => known === value) ?? list[0];
}
