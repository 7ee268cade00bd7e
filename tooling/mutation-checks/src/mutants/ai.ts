import type { Mutant } from '../mutant.ts';

/** Mutants of packages/ai. */
export const aiMutants: readonly Mutant[] = [
  {
    name: 'the log of a failed call has the prompt',
    file: 'packages/ai/src/failure-log.ts',
    find: 'const { requestId, operation } = request;\n',
    replace:
      'const { requestId, operation: name, prompt } = request;\n    const operation = `${name} ${prompt}`;\n',
    test: 'packages/ai/src/failure-log.test.ts',
    title: 'writes one line when',
  },
  {
    name: 'the log of an unknown error has its text',
    file: 'packages/ai/src/failure-log.ts',
    find: "log.warn({ kind: 'unexpected', ...call }",
    replace: "log.warn({ kind: 'unexpected', text: String(error), ...call }",
    test: 'packages/ai/src/failure-log.test.ts',
    title: 'writes nothing of an unknown error',
  },
  {
    name: 'zeros beside real text are believed',
    file: 'packages/ai/src/usage.ts',
    find: '    outputTokens >= leastTokens(output) &&\n',
    replace: '',
    test: 'packages/ai/src/usage.test.ts',
    title: 'input without output',
  },
  {
    name: 'any count of output tokens is believed',
    file: 'packages/ai/src/usage.ts',
    find: '    outputTokens <= Math.max(mostTokens(output), 2 * outputTokensMax);',
    replace: '    outputTokensMax > 0;',
    test: 'packages/ai/src/usage.test.ts',
    title: 'an output far above what was asked for',
  },
  {
    name: 'reasoning is added to a completion that has it',
    file: 'packages/ai/src/usage.ts',
    find: 'hidden > 0 && (named === undefined || named === null || named === hidden)',
    replace: 'hidden > 0 || Number(named) > 0',
    test: 'packages/ai/src/usage.test.ts',
    title: 'have parts',
  },
];
