import type { StaffPower } from '@tenantry/domain/permissions';
import { NotFound, Fault } from '@tenantry/ui/problem';
import { Loading } from '@tenantry/ui/state';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { problemOf } from '@tenantry/client';
import * as z from 'zod/mini';
import { api, queryClient } from './api.ts';
import { catalogueTabs } from './pages/catalogue/tabs.ts';
import { transferSearch } from './pages/transfer/search.ts';
import { accountsSearch } from './pages/accounts/search.ts';
import { accountSearch } from './pages/account/search.ts';
import type { IconName } from './shell/icons.ts';
import { Shell } from './shell/shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the page is called in the navigation; a page without it is reached from another. */
    readonly navigation?: { readonly label: string; readonly icon: IconName };
    /** The power without which the page shows nothing. */
    readonly power?: StaffPower;
  }
}

const root = createRootRoute({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: z.catch(z.optional(z.string().check(z.startsWith('/'))), undefined) }),
  component: lazyRouteComponent(async () => import('./pages/session/sign-in.tsx'), 'SignIn'),
});

/** Everything that needs a session. Without one the sign-in page comes first, and leads back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(api.session.get.queryOptions({}));
    } catch (fault) {
      if (problemOf(fault)?.status !== 401) throw fault;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: Shell,
});

// The pages, in the order of the navigation.

const today = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  staticData: { navigation: { label: 'Today', icon: 'today' }, power: 'account:read' },
  component: lazyRouteComponent(async () => import('./pages/today/today.tsx'), 'Today'),
});

const accounts = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts',
  staticData: { navigation: { label: 'Accounts', icon: 'accounts' }, power: 'account:read' },
  validateSearch: accountsSearch,
  component: lazyRouteComponent(async () => import('./pages/accounts/accounts.tsx'), 'Accounts'),
});

const transfers = createRoute({
  getParentRoute: () => signedIn,
  path: '/transfers',
  validateSearch: transferSearch,
  staticData: { navigation: { label: 'Transfers', icon: 'transfers' }, power: 'account:read' },
  component: lazyRouteComponent(async () => import('./pages/transfer/transfers.tsx'), 'Transfers'),
});

const catalogue = createRoute({
  getParentRoute: () => signedIn,
  path: '/catalogue',
  staticData: { navigation: { label: 'Catalogue', icon: 'catalogue' }, power: 'account:read' },
  validateSearch: z.object({
    tab: z.catch(z.optional(z.enum(catalogueTabs)), undefined),
    q: z.catch(z.optional(z.string()), undefined),
    open: z.catch(z.optional(z.string()), undefined),
  }),
  component: lazyRouteComponent(async () => import('./pages/catalogue/catalogue.tsx'), 'CataloguePage'),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts/$accountId/$tab',
  validateSearch: accountSearch,
  staticData: { power: 'account:read' },
  component: lazyRouteComponent(async () => import('./pages/account/account.tsx'), 'Account'),
});

const accountStart = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts/$accountId',
  beforeLoad: ({ params: { accountId } }) => {
    throw redirect({
      to: '/accounts/$accountId/$tab',
      params: { accountId, tab: 'overview' },
      replace: true,
    });
  },
});

const pages = [
  // In the order of the navigation.
  today,
  accounts,
  transfers,
  catalogue,
  account,
  accountStart,
];

// What staff do with the console itself.

const impersonations = createRoute({
  getParentRoute: () => signedIn,
  path: '/impersonations',
  staticData: { navigation: { label: 'Impersonation', icon: 'impersonation' }, power: 'account:impersonate' },
  validateSearch: z.object({
    accountId: z.catch(z.optional(z.uuid()), undefined),
    userId: z.catch(z.optional(z.uuid()), undefined),
  }),
  component: lazyRouteComponent(
    async () => import('./pages/impersonation/impersonation.tsx'),
    'ImpersonationPage',
  ),
});

const staffMembers = createRoute({
  getParentRoute: () => signedIn,
  path: '/staff',
  staticData: { navigation: { label: 'Staff', icon: 'staff' }, power: 'staff:manage' },
  component: lazyRouteComponent(async () => import('./pages/staff/staff.tsx'), 'StaffPage'),
});

const serviceKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/service-keys',
  staticData: { navigation: { label: 'Service keys', icon: 'keys' }, power: 'service-key:manage' },
  component: lazyRouteComponent(
    async () => import('./pages/service-keys/service-keys.tsx'),
    'ServiceKeysPage',
  ),
});

const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: '/webhooks',
  staticData: { navigation: { label: 'Webhooks', icon: 'webhooks' }, power: 'webhook:manage' },
  component: lazyRouteComponent(async () => import('./pages/webhooks/webhooks.tsx'), 'WebhooksPage'),
});

const text = z.catch(z.optional(z.string()), undefined);
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  staticData: { navigation: { label: 'Audit', icon: 'audit' }, power: 'audit:read' },
  validateSearch: z.object({
    kind: z.catch(z.optional(z.enum(['accounts', 'security'])), undefined),
    actor: text,
    action: text,
    accountId: z.catch(z.optional(z.uuid()), undefined),
  }),
  component: lazyRouteComponent(async () => import('./pages/audit/audit.tsx'), 'AuditPage'),
});

const security = createRoute({
  getParentRoute: () => signedIn,
  path: '/security',
  component: lazyRouteComponent(async () => import('./pages/security/security.tsx'), 'SecurityPage'),
});

const staffPages = [impersonations, staffMembers, serviceKeys, webhooks, audit, security];

export const router = createRouter({
  routeTree: root.addChildren([signIn, signedIn.addChildren([...pages, ...staffPages])]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <Fault fault={error} retry={reset} />,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
