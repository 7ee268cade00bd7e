import { Fault } from '@tenantry/ui/problem';
import { Loading } from '@tenantry/ui/state';
import { DataTable } from '@tenantry/ui/table';
import {
  type FetchQueryOptions,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { queryClient } from './api.ts';

interface ListPage<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** A list that the server answers in pages, as far as it was read. */
export type PagedList<Row> = UseInfiniteQueryResult<InfiniteData<ListPage<Row>, unknown>, unknown>;

/** Reads a list page by page; `optionsOf` names the query of the page after a cursor. */
export function usePaged<Row, Fault, Key extends QueryKey>(
  optionsOf: (cursor: string | undefined) => FetchQueryOptions<ListPage<Row>, Fault, ListPage<Row>, Key>,
): PagedList<Row> {
  return useInfiniteQuery({
    queryKey: [...optionsOf(undefined).queryKey, 'pages'],
    queryFn: ({ pageParam }) => queryClient.fetchQuery({ ...optionsOf(pageParam), staleTime: 0 }),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

const firstPage: string | undefined = undefined;

type PagedTableProps<Row> = Omit<ComponentProps<typeof DataTable<Row>>, 'rows' | 'more' | 'isLoadingMore'> & {
  readonly query: PagedList<Row>;
};

/** A list that the server answers in pages: its rows as a table, with a button for the next page. */
export function PagedTable<Row>({ query, ...table }: PagedTableProps<Row>) {
  if (query.isError && query.data === undefined)
    return <Fault fault={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading lines={3} />;
  return (
    <DataTable
      {...table}
      rows={query.data.pages.flatMap(({ items }) => items)}
      more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      isLoadingMore={query.isFetchingNextPage}
    />
  );
}
