import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/rest. */
export const restMutants: readonly Mutant[] = [
  {
    name: 'a connection is closed before the answer that its settings allow',
    file: 'packages/rest/src/http.ts',
    find: 'connectionTimeout: timeouts.silenceMilliseconds,',
    replace: 'connectionTimeout: 1000,',
    test: `${e2e}/process/late-answers.test.ts`,
    title: 'delivers a run that is answered after more than a minute',
  },
  {
    name: 'a refusal of the parser stands in front of an answer that is due',
    file: 'packages/rest/src/parser-errors.ts',
    find: "else if (answer?.req.complete === true) answer.once('close', end);",
    replace: '',
    test: `${e2e}/gate/transport.test.ts`,
    title: 'does not stand inside its answer',
  },
  {
    name: 'X-Forwarded-For of a stranger is believed',
    file: 'packages/rest/src/http.ts',
    find: 'trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],',
    replace: 'trustProxy: true || [...trustedProxies],',
    test: `${e2e}/gate/throttle.test.ts`,
    title: 'believes no X-Forwarded-For',
  },
  {
    name: 'bytes that are no UTF-8 are replaced and stored',
    file: 'packages/rest/src/bodies.ts',
    find: "new TextDecoder('utf-8', { fatal: true })",
    replace: "new TextDecoder('utf-8', { fatal: false })",
    test: `${e2e}/contract/bodies.test.ts`,
    title: 'is 400 at',
  },
  {
    name: 'HEAD runs mutations',
    file: 'packages/rest/src/trpc.ts',
    find: "if (allow.split(', ').includes(request.method)) return undefined;",
    replace: "if (allow.split(', ').includes(request.method) || request.method === 'HEAD') return undefined;",
    test: `${e2e}/contract/methods.test.ts`,
    title: 'is 405 where there is a mutation alone, and changes nothing',
  },
  {
    name: 'a client that sends too much is cut off before it reads',
    file: 'packages/rest/src/problem.ts',
    find: 'await drain(request.raw);',
    replace: '',
    test: `${e2e}/contract/methods.test.ts`,
    title: 'though it reads after it has sent everything',
  },
  {
    name: 'an encoded body is taken as it is',
    file: 'packages/rest/src/bodies.ts',
    find: 'if (encoding === undefined) return;',
    replace: 'if (encoding !== undefined || encoding === undefined) return;',
    test: `${e2e}/contract/bodies.test.ts`,
    title: 'whatever it holds',
  },
];
