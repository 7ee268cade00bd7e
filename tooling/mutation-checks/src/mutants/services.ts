import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/services. */
export const servicesMutants: readonly Mutant[] = [
  {
    name: 'a failed run keeps its hold',
    file: 'packages/services/src/operation/run.ts',
    find: "await ledger.run(accountId, { work, callInfo, key: flow.key<Billed['credits']>('abandon') });",
    replace: 'void work;',
    test: `${e2e}/run.test.ts`,
    title: 'gives its hold back when the provider fails',
  },
  {
    name: 'bank references are compared as they are written',
    file: 'packages/services/src/staff/confirm-bank-transfer.ts',
    find: 'const reference = normaliseReference(input.externalPaymentId);',
    replace: "const reference = normaliseReference('') + input.externalPaymentId;",
    test: `${e2e}/bank-transfer.test.ts`,
    title: 'takes one reference once',
  },
  {
    name: 'a known reference is booked again',
    file: 'packages/services/src/staff/confirm-bank-transfer.ts',
    find: '  if (known !== null)\n',
    replace: '  if (known !== null && known.accountId === reference)\n',
    test: `${e2e}/bank-transfer.test.ts`,
    title: 'has one effect and one answer',
  },
  {
    name: 'staff may confirm the payment of an account they belong to',
    file: 'packages/services/src/staff/confirm-bank-transfer.ts',
    find: '  if (insider !== undefined) return insider;\n',
    replace: '  void insider;\n',
    test: `${e2e}/bank-transfer.test.ts`,
    title: 'alone: no owner, no key',
  },
  {
    name: 'limits of a plan are counted without the lock',
    file: 'packages/services/src/site/create.ts',
    find: '  await lockAccount(tx);\n',
    replace: '  void lockAccount;\n',
    test: `${e2e}/limits.test.ts`,
    title: 'hold when twenty sites are made at once',
  },
  {
    name: 'failed proofs of who somebody is are not counted',
    file: 'packages/services/src/session/guard.ts',
    find: "else if (outcome.refused === 'unauthenticated')",
    replace: "else if (outcome.refused === 'conflict')",
    test: `${e2e}/lockout.test.ts`,
    title: 'for the right proof too',
  },
  {
    name: 'whoever leaves a stream pays nothing',
    file: 'packages/services/src/operation/stream.ts',
    find: "if (output === '' && ending !== 'complete') {",
    replace: "if (ending !== 'complete') {",
    test: `${e2e}/stream.test.ts`,
    title: 'pays for what was delivered',
  },
];
