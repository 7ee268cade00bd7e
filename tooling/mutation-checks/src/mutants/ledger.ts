import type { Mutant } from '../mutant.ts';
import { e2e, model, modelTitle } from './tests.ts';

/** Mutants of packages/ledger. */
export const ledgerMutants: readonly Mutant[] = [
  {
    name: 'holds are decided without the lock',
    file: 'packages/ledger/src/statements.ts',
    find: 'where account_id = $1 for no key update',
    replace: 'where account_id = $1',
    test: `${e2e}/credit/hold.test.ts`,
    title: 'across two processes',
  },
  {
    name: 'the idempotency key of a change of credits is not looked at',
    file: 'packages/ledger/src/decide.ts',
    find: 'if (isFirst && earlier !== undefined) return replay(',
    replace: "if (isFirst && earlier?.procedure === '') return replay(",
    test: `${e2e}/gate/idempotency.test.ts`,
    title: 'answers the same bytes again',
  },
  {
    name: 'an idempotency key is forgotten within a batch',
    file: 'packages/ledger/src/decide.ts',
    find: 'if (mark !== undefined) known.set(placeOf(mark), mark);',
    replace: 'if (mark !== undefined) known.delete(placeOf(mark));',
    test: model,
    title: modelTitle,
  },
  {
    name: 'a group commit does not remember an answer',
    file: 'packages/ledger/src/group-commit/batch.ts',
    find: '    ...(marks.length === 0 ? [] : [writeCommand(accountId, marks)]),\n',
    replace: '',
    test: model,
    title: modelTitle,
  },
  {
    name: 'a connection that is lost leaves requests without an answer',
    file: 'packages/ledger/src/group-commit/attempts.ts',
    find: '      for (const { fail } of batch.slice(index + 1)) fail(lost);\n',
    replace: '      void index;\n',
    test: 'packages/ledger/src/group-commit/ledger.test.ts',
    title: 'none waits forever',
  },
  {
    name: 'a defect in one request fails the requests beside it',
    file: 'packages/ledger/src/group-commit/attempts.ts',
    find: '  if (fault instanceof BooksError) return false;\n',
    replace: '',
    test: 'packages/ledger/src/group-commit/ledger.test.ts',
    title: 'fails alone',
  },
  {
    name: 'a change that is refused writes what is due',
    file: 'packages/ledger/src/change.ts',
    find: 'if (decided !== undefined) await write',
    replace: 'if (decided !== undefined || deliver !== undefined) await write',
    test: 'packages/ledger/src/change.test.ts',
    title: 'writes nothing when it is refused',
  },
  {
    name: 'an open hold that its grants do not back is given back all the same',
    file: 'packages/ledger/src/rows.ts',
    find: "hold.status === 'open' && backed !== hold.amount",
    replace: "hold.status === 'open' && backed < 0",
    test: 'packages/ledger/src/impossible-states.test.ts',
    title: 'fails the change that would resolve it',
  },
  {
    name: 'a journal that does not fit itself is read on',
    file: 'packages/ledger/src/read/balance.ts',
    find: 'if (fault !== undefined) throw',
    replace: "if (fault === '') throw",
    test: 'packages/ledger/src/impossible-states.test.ts',
    title: 'fails a read of the books at a time',
  },
];
