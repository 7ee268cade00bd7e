import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/gate. */
export const gateMutants: readonly Mutant[] = [
  {
    name: 'API keys skip the plan check',
    file: 'packages/gate/src/validate-plan.ts',
    find: "    standingSuffices(is, terms.standing ?? 'good') ??",
    replace: "    ('scopes' in access ? undefined : standingSuffices(is, terms.standing ?? 'good')) ??",
    test: `${e2e}/gate.test.ts`,
    title: 'answers every cell',
  },
  {
    name: 'roles are not checked',
    file: 'packages/gate/src/validate-plan.ts',
    find: "return may ? undefined : refuse('role_forbids');",
    replace: 'return may ? undefined : undefined;',
    test: `${e2e}/gate.test.ts`,
    title: 'answers every cell',
  },
  {
    name: 'a foreign account is told apart from one that does not exist',
    file: 'packages/gate/src/resolve-account.ts',
    find: "if (membership === undefined) return refuse('not_found');",
    replace: "if (membership === undefined) return refuse('role_forbids');",
    test: `${e2e}/isolation.test.ts`,
    title: 'answers a foreign account in the header',
  },
  {
    name: 'a revoked session still signs in',
    file: 'packages/gate/src/authenticate.ts',
    find: "if (session.revokedAt !== null) return rejected('revoked');",
    replace: '',
    test: `${e2e}/gate.test.ts`,
    title: 'is a key or a session that was ended',
  },
  {
    name: 'a browser may be used from any origin',
    file: 'packages/gate/src/authenticate.ts',
    find: "return own ? actor : refuse('origin_refused');",
    replace: 'return own ? actor : actor;',
    test: `${e2e}/gate.test.ts`,
    title: 'cookie from another origin',
  },
  {
    name: 'throttle buckets leave the account out',
    file: 'packages/gate/src/throttle.ts',
    find: 'return `${kind}:${scope}:${id}`;',
    replace: 'return `${kind}:${scope}`;',
    test: 'packages/gate/src/throttle.test.ts',
    title: '',
  },
  {
    name: 'a fault tells its text',
    file: 'packages/gate/src/error-boundary.ts',
    find: 'if (code === undefined) return fault(requestId);',
    replace: 'if (code === undefined) return { ...fault(requestId), detail: String(error.cause ?? error) };',
    test: `${e2e}/registration.test.ts`,
    title: 'leaves nothing when the write to',
  },
  {
    name: 'an idempotency key is not looked at',
    file: 'packages/gate/src/idempotent.ts',
    find: 'return stored === undefined ? undefined : verdictOf(stored, fingerprint);',
    replace: 'return stored === undefined || verdictOf(stored, fingerprint) ? undefined : undefined;',
    test: `${e2e}/idempotency.test.ts`,
    title: 'answers the same bytes again',
  },
];
