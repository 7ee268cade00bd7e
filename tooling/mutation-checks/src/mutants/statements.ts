import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const malicious = 'packages/statements/src/malicious.test.ts';
const samples = 'packages/statements/src/samples.test.ts';
const matching = 'packages/domain/src/statement/match.test.ts';
const importing = 'packages/services/src/statement/import.test.ts';
const confirming = 'packages/services/src/statement/confirm.test.ts';
const confirm = 'packages/services/src/statement/bookable.ts';

/** Mutants of bank statements. */
export const statementMutants: readonly Mutant[] = [
  {
    name: 'a statement need not close with what its lines lead to',
    file: 'packages/statements/src/statement.ts',
    find: '  if (sum !== closing.amount)\n',
    replace: '  if (Number.isNaN(sum))\n',
    test: malicious,
    title: 'a closing balance that its lines do not lead to',
  },
  {
    name: 'a document type is passed over',
    file: 'packages/statements/src/xml.ts',
    find: "    throw fault('has a document type, which no statement needs');\n",
    replace: '    void fault;\n',
    test: malicious,
    title: 'entities that multiply',
  },
  {
    name: 'an element may nest without an end',
    file: 'packages/statements/src/xml.ts',
    find: 'if (names.length > elementDepthMax)',
    replace: 'if (names.length > elementDepthMax * 1000)',
    test: malicious,
    title: 'too deep a nesting',
  },
  {
    name: 'a reversed credit counts as a credit',
    file: 'packages/statements/src/mt940-line.ts',
    find: "  RC: { direction: 'debit', isReversal: true },\n",
    replace: "  RC: { direction: 'credit', isReversal: true },\n",
    test: samples,
    title: 'is read',
  },
  {
    name: 'MT940 may end without a closing balance',
    file: 'packages/statements/src/mt940.ts',
    find: '    if (this.#isPageOpen)\n',
    replace: '    if (this.#isPageOpen && lineNumber < 0)\n',
    test: malicious,
    title: 'no closing balance',
  },
  {
    name: 'an account of ours may have wrong check digits',
    file: 'packages/statements/src/values.ts',
    find: '  if (fault !== undefined)\n',
    replace: '  if (fault === account)\n',
    test: malicious,
    title: 'wrong check digits of its account',
  },
  {
    name: 'digits past those of the currency are cut off',
    file: 'packages/domain/src/currency.ts',
    find: '  if (/[^0]/.test(fraction.slice(digits))) return undefined;\n',
    replace: '  void digits;\n',
    test: 'packages/domain/src/currency.test.ts',
    title: 'a digit past those of the currency',
  },
  {
    name: 'lines that are alike are one line',
    file: 'packages/statements/src/parse.ts',
    find: 'sha256(`${identity} ${occurrence}`)',
    replace: 'sha256(`${identity} ${occurrence > 0}`)',
    test: samples,
    title: 'gives each line an id of its own',
  },
  {
    name: 'any amount is certain where the reference is named',
    file: 'packages/domain/src/statement/match.ts',
    find: ' && line.amount === named.due ? named',
    replace: ' ? named',
    test: matching,
    title: 'less money',
  },
  {
    name: 'the first of two references is certain',
    file: 'packages/domain/src/statement/match.ts',
    find: 'others.length > 0',
    replace: 'others.length > 1',
    test: matching,
    title: 'references of two invoices',
  },
  {
    name: 'a name alone proposes an invoice',
    file: 'packages/domain/src/statement/match.ts',
    find: "(reasons.has('amount_equal') && reasons.has('payer_alike'))",
    replace: "reasons.has('payer_alike')",
    test: matching,
    title: 'the name alone',
  },
  {
    name: 'a line is booked whatever became of it',
    file: confirm,
    find: "  if (status !== 'waiting') return refuse('conflict');\n",
    replace: '  void status;\n',
    test: confirming,
    title: 'takes it out of the queue with its reason, once',
  },
  {
    name: 'money that went out is booked',
    file: confirm,
    find: "  if (line.direction !== 'credit') return refuse('invalid_input', wentOut);\n",
    replace: '  void wentOut;\n',
    test: confirming,
    title: 'is refused for money that went out',
  },
  {
    name: 'an import confirms money that needs two members of staff',
    file: 'packages/services/src/statement/confirm-exact.ts',
    find: '      if (needsSecondApprover(line, approvals.secondApproverAmounts)) return [];\n',
    replace: '      void needsSecondApprover;\n',
    test: `${e2e}/statement/auto-confirm.test.ts`,
    title: 'leaves money above the limit to two members of staff',
  },
  {
    name: 'a new line waits although money of it went out',
    file: 'packages/domain/src/statement/event.ts',
    find: "direction === 'credit' || isReversal ? 'waiting' : 'noted'",
    replace: "direction === 'credit' || !isReversal ? 'waiting' : 'noted'",
    test: importing,
    title: 'keeps its lines, and says what it holds',
  },
  {
    name: 'staff of every role see the lines of statements',
    file: 'apps/admin/src/router/statement.ts',
    find: "const terms = { power: 'money:confirm'",
    replace: "const terms = { power: 'account:read'",
    test: `${e2e}/statement/statements.test.ts`,
    title: 'is for staff who confirm money alone',
  },
];
