import { Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A filter by name, which stands in the URL, and the buttons of a tab. */
export function Toolbar({ label, children }: { readonly label: string; readonly children?: ReactNode }) {
  const { q = '' } = useSearch({ from: '/signed-in/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  return (
    <Group mb="md" gap="sm" justify="space-between">
      <TextInput
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        onChange={(event) => {
          const text = event.currentTarget.value;
          void navigate({
            search: ({ q: _before, ...others }) => (text === '' ? others : { ...others, q: text }),
            replace: true,
          });
        }}
        style={{ flex: 1, minWidth: 180, maxWidth: 360 }}
      />
      {children === undefined ? null : <Group gap="xs">{children}</Group>}
    </Group>
  );
}

/** The rows whose texts contain what the filter of the URL says, in any case. */
export function useFiltered<Row>(rows: readonly Row[], textOf: (row: Row) => string): readonly Row[] {
  const { q = '' } = useSearch({ from: '/signed-in/catalogue' });
  const sought = q.trim().toLowerCase();
  return sought === '' ? rows : rows.filter((row) => textOf(row).toLowerCase().includes(sought));
}
