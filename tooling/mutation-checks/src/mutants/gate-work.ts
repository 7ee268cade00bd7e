import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const personTest = `${e2e}/person/idempotency.test.ts`;
const staffTest = `${e2e}/staff/idempotency.test.ts`;

/** Mutants of packages/gate: the units of work, their audit rows, and their stored answers. */
export const gateWorkMutants: readonly Mutant[] = [
  {
    name: 'a change for an account does not look at its session again',
    file: 'packages/gate/src/work/account.ts',
    find: "if (!(await lockSessionOf(tx, actor, callInfo.now))) return refuse('unauthenticated');",
    replace: "if (callInfo.requestId === '') return refuse('unauthenticated');",
    test: `${e2e}/session/races.test.ts`,
    title: 'is refused when the session ends between the gate and the write',
  },
  {
    name: 'an idempotency key is not looked at',
    file: 'packages/gate/src/work/account.ts',
    find: '  if (stored !== undefined) return stored;\n',
    replace: '  void stored;\n',
    test: staffTest,
    title: 'is made once, and the retry gets the same bytes',
  },
  {
    name: 'members of staff share their keys',
    file: 'packages/gate/src/work/idempotency.ts',
    find: "const own = actor.kind === 'staff' ? `${actor.staffId} ${key}` : key;",
    replace: 'const own = key;',
    test: staffTest,
    title: 'belongs to one member of staff and one account',
  },
  {
    name: 'stored answers keep secrets',
    file: 'packages/gate/src/work/stored-answer.ts',
    find: '  if (name === undefined) return null;\n',
    replace: '  if (name === undefined) return value;\n',
    test: `${e2e}/gate/idempotency.test.ts`,
    title: 'never stores a secret',
  },
  {
    name: 'the terms of a person’s change do not say what is secret',
    file: 'packages/gate/src/work/stored-answer.ts',
    find: 'body: storedText(answer, terms.secrets ?? [])',
    replace: 'body: storedText(answer, [])',
    test: personTest,
    title: 'never stores a secret',
  },
  {
    name: 'a secret is any field of its name, also a label of the caller',
    file: 'packages/gate/src/work/stored-answer.ts',
    find: "  return JSON.stringify(secrets.map((path) => path.split('.')).reduce(withoutField, answer));\n",
    replace:
      '  return JSON.stringify(answer, (name, value: unknown) => (secrets.includes(name) ? withoutField(value, []) : value));\n',
    test: 'packages/gate/src/work/stored-answer.test.ts',
    title: 'no label of a caller',
  },
  {
    name: 'a stored answer is given to whoever asks',
    file: 'packages/gate/src/work/stored-answer.ts',
    find: '  if (mayBeReplayed(stored, callInfo.sites)) return undefined;\n',
    replace: '  if (mayBeReplayed(stored, undefined)) return undefined;\n',
    test: `${e2e}/gate/replay.test.ts`,
    title: 'is no longer replayed to a caller who has lost the site since',
  },
  {
    name: 'a stored answer is tied to no site',
    file: 'packages/gate/src/work/stored-answer.ts',
    find: "const sites = typeof siteId === 'string' ? [siteId] : (callInfo.sites ?? null);",
    replace: "const sites = typeof siteId === 'string' ? [] : (callInfo.sites ?? null);",
    test: `${e2e}/gate/replay.test.ts`,
    title: 'is no longer replayed to a caller who has lost the site since',
  },
  {
    name: 'a change has no audit row',
    file: 'packages/gate/src/work/account.ts',
    find: '  await insertAuditEntry(tx, calling.path, subjectOf(terms.audit, input, shown), factsOf(terms.audit, input));\n',
    replace: '  void calling;\n',
    test: staffTest,
    title: 'names the actor, the subject and the facts that the procedure lists',
  },
  {
    name: 'an audit row has no facts',
    file: 'packages/gate/src/work/account.ts',
    find: 'facts.flatMap((name) => factOf(name, fieldOf(input, name)))',
    replace: 'facts.flatMap((name) => factOf(name, fieldOf({}, name)))',
    test: staffTest,
    title: 'names the actor, the subject and the facts that the procedure lists',
  },
  {
    name: 'the answer to a natural key leaves the caller’s own key running',
    file: 'packages/gate/src/work/account.ts',
    find: '    await finishCall(tx, ctx, keyed, { input, shown: JSON.parse(output.replay) });\n',
    replace: '',
    test: staffTest,
    title: 'may be repeated with a new key, which then keeps the same answer',
  },
  {
    name: 'a completion that is refused keeps the key',
    file: 'packages/gate/src/work/external.ts',
    find: "if (step !== 'begin' && isRefusal(answer)",
    replace: "if (step === 'abandon' && isRefusal(answer)",
    test: 'packages/gate/src/work/external.test.ts',
    title: 'frees its key when its completion is refused',
  },
  {
    name: 'a person’s change commits before its security event',
    file: 'packages/gate/src/work/directory.ts',
    find: '    await insertSecurityEvent(tx, callInfo, calling.path, {});\n',
    replace:
      '    void withoutAccount.write(scope, (own) => insertSecurityEvent(own, callInfo, calling.path, {})).catch(() => undefined);\n',
    find: `    await insertSecurityEvent(tx, callInfo, calling.path, {});
    await finishCall(tx, ctx, keyed, present(done));
    return done;
  }
  async function once<T>(write: () => Promise<T>): Promise<T> {
    if (committed !== undefined) throw new Error(\`\${calling.path} commits twice.\`);
    const result = await write();
`,
    replace: `    await finishCall(tx, ctx, keyed, present(done));
    return done;
  }
  async function once<T>(write: () => Promise<T>): Promise<T> {
    if (committed !== undefined) throw new Error(\`\${calling.path} commits twice.\`);
    const result = await write();
    await withoutAccount.write(scope, (tx) => insertSecurityEvent(tx, callInfo, calling.path, {}));
`,
    test: personTest,
    title: 'is recorded as an event in the same transaction',
  },
  {
    name: 'a person’s call that is refused keeps its key',
    file: 'packages/gate/src/work/directory.ts',
    find: '    if (isRefusal(output) && keyed !== undefined) await write(scope, (tx) => freeKey(tx, ctx, keyed));\n',
    replace: '',
    test: personTest,
    title: 'does not use it up when it is refused',
  },
  {
    name: 'a person’s call that fails keeps its key',
    file: 'packages/gate/src/work/directory.ts',
    find: 'keyed && write(scope, (tx) => freeKey(tx, ctx, keyed)).catch(unfreed)',
    replace: 'await Promise.resolve().catch(unfreed)',
    test: 'packages/gate/src/work/directory.test.ts',
    title: 'frees its key when it fails',
  },
  {
    name: 'a call does not wait for the earlier call with its key',
    file: 'packages/gate/src/work/key-wait.ts',
    find: 'performance.now() + earlierCallMilliseconds;',
    replace: 'performance.now();',
    test: `${e2e}/gate/key-race.test.ts`,
    title: 'get one answer of a',
  },
  {
    name: 'the two forms of a run have keys of their own',
    file: 'packages/gate/src/work/idempotency.ts',
    find: 'procedure: terms.keysOf ?? calling.path,',
    replace: 'procedure: calling.path,',
    test: `${e2e}/operation/one-charge.test.ts`,
    title: 'is charged once as',
  },
  {
    name: 'a run goes on after its caller has lost their access',
    file: 'packages/gate/src/work/watch-access.ts',
    find: 'if (refusal !== undefined) return open.end(refusal);',
    replace: 'if (refusal !== undefined) return undefined;',
    test: `${e2e}/operation/revoked-run.test.ts`,
    title: 'ends within five seconds of',
  },
  {
    name: 'a run goes on after its caller has lost its site',
    file: 'packages/gate/src/work/watch-access.ts',
    find: ": refusalIfHidden({ ...ctx, callInfo: now }, { replay: '', sites });",
    replace: ": refusalIfHidden(ctx, { replay: '', sites });",
    test: `${e2e}/operation/revoked-run.test.ts`,
    title: 'ends within five seconds of',
  },
  {
    name: 'a query may write',
    file: 'packages/gate/src/work/account.ts',
    find: '? await inAccount.read(scopeOf(ctx), callInfo, work)',
    replace: '? await inAccount.write(scopeOf(ctx), callInfo, work)',
    test: 'packages/gate/src/work/account.test.ts',
    title: 'cannot write in a query',
  },
  {
    name: 'an account is changed without its lock',
    file: 'packages/gate/src/work/account.ts',
    find: '  const status = await lockAccount(tx);\n',
    replace: '  const status = lockAccount.name;\n',
    test: `${e2e}/credit/adjust.test.ts`,
    title: 'takes effect once for one reference, also with eight calls at once',
  },
  {
    name: 'a call changes an account that was closed meanwhile',
    file: 'packages/gate/src/work/account.ts',
    find: "if (status === 'closed' && actor.kind !== 'staff') return refuse('account_closed');",
    replace: '',
    test: `${e2e}/account/accounts-of-a-person.test.ts`,
    title: 'leaves no key and no invitation',
  },
];
