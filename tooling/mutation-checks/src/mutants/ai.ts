import type { Mutant } from '../mutant.ts';

/** Mutants of packages/ai. */
export const aiMutants: readonly Mutant[] = [
  {
    name: 'the log of a failed call has the prompt',
    file: 'packages/ai/src/failure-log.ts',
    find: '{ operation }: CompletionRequest, startMilliseconds: number): void {\n',
    replace:
      '{ operation: name, prompt }: CompletionRequest, startMilliseconds: number): void {\n    const operation = `${name} ${prompt}`;\n',
    test: 'packages/ai/src/failure-log.test.ts',
    title: 'writes one line when',
  },
  {
    name: 'the log of an unknown error has its text',
    file: 'packages/ai/src/failure-log.ts',
    find: "log.warn({ kind: 'unexpected', operation,",
    replace: "log.warn({ kind: 'unexpected', text: String(error), operation,",
    test: 'packages/ai/src/failure-log.test.ts',
    title: 'writes nothing of an unknown error',
  },
];
