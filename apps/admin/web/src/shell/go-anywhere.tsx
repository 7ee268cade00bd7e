import { ActionIcon, Button, Kbd } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { icons } from './icons.ts';
import { useNavigation } from './navigation.tsx';

/** Opens the search. */
export function GoAnywhereButton() {
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        c="dimmed"
        fw={400}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={spotlight.open}
      >
        Search
      </Button>
      <ActionIcon hiddenFrom="sm" variant="default" size="lg" aria-label="Search" onClick={spotlight.open}>
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}

/** The search that Ctrl K opens: it goes to a page by its name. */
export function GoAnywhere() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const pages = useNavigation().filter(({ label }) =>
    label.toLowerCase().includes(query.trim().toLowerCase()),
  );
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut="mod + K" clearQueryOnClose>
      <Spotlight.Search
        placeholder="Go to …"
        leftSection={<IconSearch size={18} aria-hidden />}
        aria-label="Search"
      />
      <Spotlight.ActionsList>
        {pages.map(({ to, label, icon }) => {
          const Icon = icons[icon];
          return (
            <Spotlight.Action
              key={to}
              label={label}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              onClick={() => void navigate({ to })}
            />
          );
        })}
        {pages.length === 0 ? <Spotlight.Empty>Nothing was found.</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
