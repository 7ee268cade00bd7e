import { type InfiniteData, type QueryKey, infiniteQueryOptions } from '@tanstack/react-query';

/** A page of a list, and where the next one begins. */
interface ListPage {
  readonly nextCursor: string | null;
}

const first: string | undefined = undefined;

/**
 * Options of a list that is read page by page. Those of tRPC send a `direction` beside the cursor, which no procedure of
 * ours takes.
 */
export function pagedOptions<Page extends ListPage>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<Page>,
) {
  return infiniteQueryOptions<Page, Error, InfiniteData<Page>, QueryKey, string | undefined>({
    queryKey,
    queryFn: async ({ pageParam }) => load(pageParam),
    initialPageParam: first,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}
