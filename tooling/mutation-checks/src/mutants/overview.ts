import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of what staff see first, and of how they find an account. */
export const overviewMutants: readonly Mutant[] = [
  {
    name: 'revenue is shown to every role',
    file: 'apps/admin/src/router/overview.ts',
    find: "{ power: 'revenue:read', throttle: 'default' },",
    replace: "{ power: 'account:read', throttle: 'default' },",
    test: `${e2e}/staff/overview.test.ts`,
    title: 'shows revenue to no role without the power',
  },
  {
    name: 'an infinite query sends its direction',
    file: 'packages/client/src/links.ts',
    find: "if (op.type !== 'query' || !hasDirection(op.input)) return next(op);",
    replace: 'if (!hasDirection(op)) return next(op);',
    test: `${e2e}/client/staff-client.test.ts`,
    title: 'sends no direction of an infinite query',
  },
  {
    name: 'the search of the console sends the secret of a key that somebody pastes',
    file: 'apps/admin/web/src/shell/go-anywhere.tsx',
    find: 'setQuery(withoutKeySecret(text))',
    replace: 'setQuery(text)',
    test: 'tooling/browser/src/console/accounts.test.ts',
    title: 'keeps the secret of a pasted key',
  },
  {
    name: 'the overview shows all of the address of a webhook endpoint, which may hold a secret',
    file: 'packages/services/src/overview/get.ts',
    find: 'host: new URL(url).host',
    replace: 'host: url',
    test: 'packages/services/src/overview/overview.test.ts',
    title: 'by their host alone',
  },
];
