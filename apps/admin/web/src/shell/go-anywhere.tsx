import type { SearchHit } from '@tenantry/client';
import { withoutKeySecret } from '@tenantry/domain/search/key-secret';
import { ActionIcon, Button, Kbd, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import {
  IconBuildingBank,
  IconBuildingCommunity,
  IconFileInvoice,
  IconKey,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import { faultText } from '@tenantry/ui/problem';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { accountPath } from '../pages/accounts/account-link.tsx';
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

const kinds = {
  account: { name: 'Account', icon: IconBuildingCommunity },
  member: { name: 'Member', icon: IconUser },
  api_key: { name: 'API key', icon: IconKey },
  invoice: { name: 'Invoice', icon: IconFileInvoice },
  payment: { name: 'Payment', icon: IconBuildingBank },
} as const;

/** What of all customers a text names, a moment after it was typed. Nothing is shown for another text. */
function useHits(query: string) {
  const text = query.trim();
  const [asked] = useDebouncedValue(text, 200);
  const isLongEnough = asked.length >= 2;
  const found = useQuery({ ...api.search.find.queryOptions({ q: asked }), enabled: isLongEnough });
  const isCurrent = asked === text;
  return {
    hits: isCurrent && isLongEnough ? (found.data?.items ?? []) : [],
    isLooking: text.length >= 2 && (!isCurrent || found.isFetching),
    fault: isCurrent && isLongEnough && found.isError ? found.error : undefined,
  };
}

/** The search that Ctrl K opens: it goes to a page by its name, and to an account by whatever a customer quotes. */
export function GoAnywhere() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const { hits, isLooking, fault } = useHits(query);
  const pages = useNavigation().filter(({ label }) =>
    label.toLowerCase().includes(query.trim().toLowerCase()),
  );
  const isNothing = pages.length === 0 && hits.length === 0;
  return (
    <Spotlight.Root
      query={query}
      // The secret of a key that somebody pastes stays out of requests and of what is shown.
      onQueryChange={(text) => setQuery(withoutKeySecret(text))}
      shortcut="mod + K"
      tagsToIgnore={[]}
      clearQueryOnClose
      scrollable
    >
      <Spotlight.Search
        placeholder="A page, a name, an e-mail address, an id, a key, a reference, an invoice …"
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={isLooking ? <Loader size="xs" aria-label="Looking" /> : null}
        aria-label="Search"
        maxLength={200}
      />
      <Spotlight.ActionsList>
        {pages.length === 0 ? null : (
          <Spotlight.ActionsGroup label="Pages">
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
          </Spotlight.ActionsGroup>
        )}
        {hits.length === 0 ? null : (
          <Spotlight.ActionsGroup label="Customers">
            {hits.map((hit) => (
              <HitAction key={`${hit.kind} ${hit.id} ${hit.accountId}`} hit={hit} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {fault === undefined ? null : <Spotlight.Empty>{faultText(fault)}</Spotlight.Empty>}
        {isNothing && !isLooking && fault === undefined ? (
          <Spotlight.Empty>Nothing was found.</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function HitAction({ hit: { kind, accountId, accountName, label, detail } }: { readonly hit: SearchHit }) {
  const navigate = useNavigate();
  const { name, icon: Icon } = kinds[kind];
  const about = [name, ...(kind === 'account' ? [] : [accountName]), ...(detail === null ? [] : [detail])];
  return (
    <Spotlight.Action
      label={label}
      description={about.join(' · ')}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      onClick={() => void navigate({ to: accountPath(accountId) })}
    />
  );
}
