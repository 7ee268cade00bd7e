import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const keys = 'packages/services/src/api-key/api-key.test.ts';
const references = 'packages/services/src/site/references.test.ts';

/** Mutants of what two changes at once must not do: rotations, and a site that is deleted with what refers to it. */
export const racesMutants: readonly Mutant[] = [
  {
    name: 'limits of a plan are counted without the lock of the account',
    file: 'packages/gate/src/work/account.ts',
    find: '  const status = await lockAccount(tx);\n',
    replace: '  const status = lockAccount.name;\n',
    test: `${e2e}/account/plan-limits.test.ts`,
    title: 'hold when twenty sites are made at once',
  },
  {
    name: 'keys are rotated without the lock of the account',
    file: 'packages/gate/src/work/account.ts',
    find: '  const status = await lockAccount(tx);\n',
    replace: '  const status = lockAccount.name;\n',
    test: `${e2e}/account/counted-guards.test.ts`,
    title: 'rotations of one key',
  },
  {
    name: 'a key that was replaced is rotated again',
    file: 'packages/services/src/api-key/rotate.ts',
    find: ' || (await isReplaced(tx, keyId))) return',
    replace: ' || isReplaced === undefined) return',
    test: keys,
    title: 'is refused for a key that was replaced already',
  },
  {
    name: 'every predecessor of a key lives on',
    file: 'packages/services/src/api-key/rotate.ts',
    find: '  await revokePredecessorsOf(tx, old);\n',
    replace: '  void revokePredecessorsOf;\n',
    test: keys,
    title: 'leaves one predecessor',
  },
  {
    name: 'a predecessor takes a place of the plan',
    file: 'packages/db/src/api-key/queries.ts',
    find: 'count(distinct coalesce(root_id, id))',
    replace: 'count(distinct id)',
    test: keys,
    title: 'takes one place of the plan',
  },
  {
    name: 'a hold is made for a site while it is deleted',
    file: 'packages/services/src/site/delete.ts',
    find: '  await lockBooks(tx);\n',
    replace: '  void lockBooks;\n',
    test: references,
    title: 'takes no hold that is made while it is',
  },
  {
    name: 'members keep a deleted site',
    file: 'packages/services/src/site/delete.ts',
    find: '  await removeSiteFromMembers(tx, siteId);\n',
    replace: '  void removeSiteFromMembers;\n',
    test: references,
    title: 'leaves the sites of members and invitations',
  },
  {
    name: 'invitations keep a deleted site',
    file: 'packages/services/src/site/delete.ts',
    find: '  await removeSiteFromInvitations(tx, siteId);\n',
    replace: '  void removeSiteFromInvitations;\n',
    test: references,
    title: 'leaves the sites of members and invitations',
  },
  {
    name: 'a lost race is a fault',
    file: 'packages/gate/src/public-error.ts',
    find: 'if (isLostRace(cause))',
    replace: 'if (isLostRace(cause) && cause === undefined)',
    test: 'packages/gate/src/public-error.test.ts',
    title: 'is a conflict',
  },
];
