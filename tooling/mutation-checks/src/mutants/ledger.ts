import type { Mutant } from '../mutant.ts';
import { e2e, model, modelTitle } from './tests.ts';

/** Mutants of packages/ledger. */
export const ledgerMutants: readonly Mutant[] = [
  {
    name: 'holds are decided without the lock',
    file: 'packages/db/src/credit/statements.ts',
    find: 'where account_id = $1 for no key update',
    replace: 'where account_id = $1',
    test: `${e2e}/credits.test.ts`,
    title: 'across two processes',
  },
  {
    name: 'an idempotency key is forgotten within a batch',
    file: 'packages/db/src/group-commit/keys.ts',
    find: 'known.set(placeOf(mark), mark);',
    replace: 'known.delete(placeOf(mark));',
    test: model,
    title: modelTitle,
  },
  {
    name: 'a new limit forgets the work under way',
    file: 'packages/db/src/credit/limits.ts',
    find: 'used: row?.used ?? 0 });',
    replace: 'used: Number(row === undefined) });',
    test: model,
    title: modelTitle,
  },
  {
    name: 'a group commit does not remember an answer',
    file: 'packages/db/src/group-commit/keys.ts',
    find: 'keys.written.push({ ...mark, createdAt: now });',
    replace: 'void now;',
    test: model,
    title: modelTitle,
  },
];
