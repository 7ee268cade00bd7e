import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const test = `${e2e}/gate/sites.test.ts`;
const isShown = 'is in no answer to a query';
const isFound = 'does not exist by any of its ids';

/** Mutants of what an actor who is limited to sites may see and change, in every package. */
export const sitesMutants: readonly Mutant[] = [
  {
    name: 'who is limited to sites changes the whole account',
    file: 'packages/gate/src/validate-plan.ts',
    find: "reachOf(terms, type) === 'account'",
    replace: "reachOf(terms, type) === 'account' && access.sites.length === 0",
    test,
    title: 'changes nothing of the account or of another site',
  },
  {
    name: 'lists show what belongs to other sites',
    file: 'packages/db/src/site/queries.ts',
    find: 'return sites === undefined ? {} : { siteId: { $in: [...sites] } };',
    replace: 'return sites === undefined || sites.length > 0 ? {} : { siteId: { $in: [...sites] } };',
    test,
    title: isShown,
  },
  {
    name: 'sites of members are shown to who may not see them',
    file: 'packages/db/src/site/queries.ts',
    find: 'siteIds.filter((id) => sites === undefined || sites.includes(id))',
    replace: 'siteIds.filter((id) => sites === undefined || sites.includes(id) || id !== undefined)',
    test,
    title: isShown,
  },
  {
    name: 'members of other sites are listed',
    file: 'packages/db/src/user/queries.ts',
    find: 'all.filter((membership) => isVisible(tx, membership))',
    replace: 'all.filter((membership) => isVisible(tx, membership) || tx !== undefined)',
    test,
    title: isShown,
  },
  {
    name: 'invitations to other sites are listed',
    file: 'packages/db/src/invitation/queries.ts',
    find: '  if (sites === undefined) return {};\n',
    replace: '  if (sites === undefined || sites.length > 0) return {};\n',
    test,
    title: isShown,
  },
  {
    name: 'keys of other sites are found by their ids',
    file: 'packages/db/src/api-key/queries.ts',
    find: 'findOne(ApiKey, { ...ofVisibleSites(tx), id })',
    replace: 'findOne(ApiKey, { ...(tx === undefined ? ofVisibleSites(tx) : {}), id })',
    test,
    title: isFound,
  },
  {
    name: 'holds of other sites are found by their ids',
    file: 'packages/services/src/credit/get-hold.ts',
    find: '|| !maySeeSite(tx, hold.siteId ?? null)',
    replace: '|| (!maySeeSite(tx, hold.siteId ?? null) && tx === undefined)',
    test,
    title: isFound,
  },
];
