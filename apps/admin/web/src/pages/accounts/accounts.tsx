import { Page } from '@tenantry/ui/page';
import { Empty, Loaded } from '@tenantry/ui/state';
import { DataTable } from '@tenantry/ui/table';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { columns } from './columns.tsx';
import { Filters } from './filters.tsx';
import type { AccountsSearch } from './search.ts';

/** The accounts of all customers, found by whatever a customer quotes. The address holds the text, the filters and the order. */
export function Accounts() {
  const search = useSearch({ from: '/signed-in/accounts' });
  const navigate = useNavigate({ from: '/accounts' });
  const change = (changes: AccountsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const list = useInfiniteQuery(
    api.account.list.infiniteQueryOptions(
      { ...search, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  return (
    <Page title="Accounts">
      <Filters
        search={search}
        change={change}
        plans={[...new Set(list.data?.pages.flatMap(({ items }) => items.map(({ planSlug }) => planSlug)))]}
      />
      <Loaded query={list} lines={10}>
        {({ pages }) => (
          <DataTable
            label="Accounts"
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            more={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
            isLoadingMore={list.isFetchingNextPage}
            empty={
              isFiltered ? (
                <Empty title="No account fits">
                  Nothing is named so under these filters.
                  <br />
                  <Button mt="sm" size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
                    Show all accounts
                  </Button>
                </Empty>
              ) : (
                <Empty title="No account yet">Accounts appear here when customers register.</Empty>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
