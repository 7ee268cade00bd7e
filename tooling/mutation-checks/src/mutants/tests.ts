/** Test files that several mutants name. */
export const e2e = 'packages/testing/src/e2e';
export const isolation = 'packages/db/src/isolation.test.ts';
export const model = 'packages/testing/src/model/ledger-model.test.ts';
export const modelTitle = 'is what a plain model says';
