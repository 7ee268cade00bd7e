import { type AdminRouter, createStaffClient, problemOf } from '@tenantry/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';

/** The admin app, at the origin of this page. The session is a cookie, which the browser sends by itself. */
export const client = createStaffClient({ url: window.location.origin });

/** Forgets who is signed in when the server says that nobody is, so that the sign-in page takes over. */
function noteFault(fault: unknown): void {
  const code = problemOf(fault)?.code;
  if (code === 'unauthenticated') void queryClient.resetQueries({ queryKey: api.session.get.queryKey() });
}

/** Faults that a second try does not mend: whatever the server decided. */
const isDecided = (fault: unknown): boolean => {
  const status = problemOf(fault)?.status;
  return status !== undefined && status < 500;
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteFault }),
  mutationCache: new MutationCache({ onError: noteFault }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, fault) => count < 2 && !isDecided(fault) },
  },
});

/** Options of queries and mutations, typed from the router of the admin app. */
export const api = createTRPCOptionsProxy<AdminRouter>({ client, queryClient });
