import { Page } from '@tenantry/ui/page';
import { Empty } from '@tenantry/ui/state';
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { columns } from './columns.tsx';
import { Filters } from './filters.tsx';
import type { AccountsSearch } from './search.ts';

/** The accounts of all customers, found by whatever a customer quotes. The address holds the text, the filters and the order. */
export function Accounts() {
  const search = useSearch({ from: '/signed-in/accounts' });
  const navigate = useNavigate({ from: '/accounts' });
  const change = (changes: AccountsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const list = usePaged((cursor) => api.account.list.queryOptions({ ...search, limit: 50, cursor }));
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  return (
    <Page title="Accounts">
      <Filters
        search={search}
        change={change}
        plans={[...new Set(list.data?.pages.flatMap(({ items }) => items.map(({ planSlug }) => planSlug)))]}
      />
      <PagedTable
        query={list}
        label="Accounts"
        columns={columns}
        rowKey={({ id }) => id}
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
    </Page>
  );
}
