import { withoutKeySecret } from '@tenantry/domain/search/key-secret';
import { accountOrders, soughtStandings } from '@tenantry/domain/account/list';
import { paymentMethods } from '@tenantry/domain/standing';
import { formatWords } from '@tenantry/ui/format/words';
import { Autocomplete, Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { AccountsSearch } from './search.ts';
import { methodNames, orderNames } from './words.ts';

interface FiltersProps {
  readonly search: AccountsSearch;
  readonly change: (changes: AccountsSearch) => void;
  /** Plans to offer; any other can be typed. */
  readonly plans: readonly string[];
}

const sandboxes = [
  { value: 'false', label: 'Customers' },
  { value: 'true', label: 'Sandboxes' },
];
const width = { base: '100%', xs: 170 } as const;

/** One of a list, or nothing. */
function oneOf<Value extends string>(values: readonly Value[], given: string | null): Value | undefined {
  return values.find((value) => value === given);
}

/** A text that changes the address a moment after the last key, without the secret of a key that was pasted. */
function useTyped(kept: string | undefined, keep: (text: string | undefined) => void) {
  const [typed, setTyped] = useState({ text: kept ?? '', sent: kept, known: kept });
  const sendSoon = useDebouncedCallback((text: string | undefined) => {
    setTyped((before) => ({ ...before, sent: text }));
    keep(text);
  }, 250);
  // The address changes without typing too, by a button or by going back. What is typed meanwhile stays.
  if (typed.known !== kept)
    setTyped({ text: typed.sent === kept ? typed.text : (kept ?? ''), sent: kept, known: kept });
  const type = (text: string) => {
    const shown = withoutKeySecret(text);
    setTyped((before) => ({ ...before, text: shown }));
    sendSoon(shown.trim() === '' ? undefined : shown.trim());
  };
  return [typed.text, type] as const;
}

/** The search, and the filters, which a narrow screen shows when somebody asks for them. */
export function Filters({ search, change, plans }: FiltersProps) {
  const [text, typeText] = useTyped(search.q, (q) => change({ q }));
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [isOpen, { toggle }] = useDisclosure(false);
  const { q: _q, ...filters } = search;
  const count = Object.values(filters).filter((value) => value !== undefined).length;
  return (
    <Stack gap="sm" component="search">
      <TextInput
        label="Search"
        description="A name, an e-mail address, an id, a key's prefix, a payment reference or an invoice number"
        leftSection={<IconSearch size={16} aria-hidden />}
        maw={640}
        maxLength={200}
        value={text}
        onChange={(event) => typeText(event.currentTarget.value)}
      />
      {isNarrow === true ? (
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {count === 0 ? 'Filters' : `Filters (${count})`}
        </Button>
      ) : null}
      {isNarrow !== true || isOpen ? <FilterFields search={search} change={change} plans={plans} /> : null}
    </Stack>
  );
}

function FilterFields({ search, change, plans }: FiltersProps) {
  const [plan, typePlan] = useTyped(search.planSlug, (planSlug) => change({ planSlug }));
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Standing"
        placeholder="Any"
        clearable
        w={{ base: '100%', xs: 210 }}
        data={soughtStandings.map((value) => ({ value, label: formatWords(value) }))}
        value={search.standing ?? null}
        onChange={(value) => change({ standing: oneOf(soughtStandings, value) })}
      />
      <Autocomplete
        label="Plan"
        placeholder="Any"
        w={width}
        maxLength={50}
        data={[...plans]}
        value={plan}
        onChange={typePlan}
      />
      <Select
        label="Payment"
        placeholder="Any"
        clearable
        w={width}
        data={paymentMethods.map((value) => ({ value, label: methodNames[value] }))}
        value={search.paymentMethod ?? null}
        onChange={(value) => change({ paymentMethod: oneOf(paymentMethods, value) })}
      />
      <Select
        label="Kind"
        placeholder="Both"
        clearable
        w={width}
        data={sandboxes}
        value={search.sandbox === undefined ? null : String(search.sandbox)}
        onChange={(value) => change({ sandbox: value === null ? undefined : value === 'true' })}
      />
      <Select
        label="Order"
        allowDeselect={false}
        w={width}
        data={accountOrders.map((value) => ({ value, label: orderNames[value] }))}
        value={search.sort ?? 'newest'}
        onChange={(value) => {
          const sort = oneOf(accountOrders, value);
          change({ sort: sort === 'newest' ? undefined : sort });
        }}
      />
      <Checkbox
        label="Low on credits"
        mb={8}
        checked={search.lowCredit === true}
        onChange={(event) => change({ lowCredit: event.currentTarget.checked ? true : undefined })}
      />
    </Group>
  );
}
