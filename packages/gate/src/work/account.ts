import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { lockSessionOf } from '@tenantry/db/access/session-lock';
import { type KeyedCall, isStoredAnswer } from '@tenantry/db/idempotency/call';
import { lockAccount } from '@tenantry/db/account/queries';
import type { AccountTransaction, CallInfo } from '@tenantry/db/transaction';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { GateApp } from '../request-context.ts';
import { type Answer, type CodeOf, answerOf, present } from './answer.ts';
import { factsOf, subjectOf } from './audit.ts';
import { type Handled, type PassedCall, scopeOf, workOf } from './handler.ts';
import { beginCall, finishCall, keyedCall } from './idempotency.ts';
import { attemptWithKey } from './key-wait.ts';

/** What a service is given that runs in one transaction of an account; the app's ports come beside it. */
export interface AccountServiceContext extends CallInfo {
  readonly tx: AccountTransaction;
}

/** A service in one transaction of an account. */
export type AccountService<App extends GateApp, Input, Output> = (
  context: AccountServiceContext & App['ports'],
  input: Input,
) => Promise<Output>;

/**
 * Runs a service in one transaction of the account: read-only for a query; for a mutation with its audit row and the
 * answer that its Idempotency-Key stores. A refusal rolls back.
 */
export function runInAccount<App extends GateApp, Input, Output>(
  service: AccountService<App, Input, Output>,
) {
  return async ({
    ctx,
    input,
  }: Handled<App, Input, CodeOf<Output>, 'read' | 'transaction' | undefined>): Promise<Answer<Output>> => {
    const { app, callInfo } = ctx;
    const { inAccount } = app.database;
    const work = (tx: AccountTransaction) => service({ ...app.ports, ...callInfo, tx }, input);
    const outcome =
      workOf(ctx) === 'read'
        ? await inAccount.read(scopeOf(ctx), callInfo, work)
        : await changeInAccount(ctx, input, work);
    return answerOf<Output>(ctx, outcome);
  };
}

type Change = (tx: AccountTransaction) => Promise<unknown>;

/**
 * A change in one transaction of the account. Answers the stored answer of an earlier call with the same key, which it
 * waits for. The fingerprint of an input that holds a secret is secret.
 */
export function changeInAccount(
  ctx: PassedCall,
  input: unknown,
  work: Change,
  { isSecret = false }: { isSecret?: boolean } = {},
): Promise<unknown> {
  const { read, write } = ctx.app.database.inAccount;
  const keyed = keyedCall(ctx, input, isSecret);
  const reading = <T>(look: (tx: AccountTransaction) => Promise<T>) => read(scopeOf(ctx), ctx.callInfo, look);
  return attemptWithKey(ctx, { keyed, read: reading }, () =>
    write(scopeOf(ctx), ctx.callInfo, (tx) => change(ctx, { keyed, input }, tx, work)),
  );
}

/** A change with everything that commits with it, in the account's lock (docs/adr/0025-changes-lock-the-account.md). */
async function change(
  ctx: PassedCall,
  { keyed, input }: { keyed: KeyedCall | undefined; input: unknown },
  tx: AccountTransaction,
  work: Change,
): Promise<unknown> {
  const { actor, calling, terms } = ctx;
  if (!(await lockSessionOf(tx, actor, ctx.now))) return refuse('unauthenticated');
  const stored = await beginCall(tx, ctx, keyed);
  if (stored !== undefined) return stored;
  // One change of an account runs after another: nothing of it changes between what a service reads and what it writes.
  const status = await lockAccount(tx);
  // A call that passed the gate while the account was being closed changes nothing of it.
  if (status === 'closed' && actor.kind !== 'staff') return refuse('account_closed');
  const output = await work(tx);
  if (isRefusal(output)) return output;
  if (isStoredAnswer(output)) {
    // Nothing has changed, so there is nothing to audit; the caller's own key keeps the same answer.
    await finishCall(tx, ctx, keyed, { input, shown: JSON.parse(output.replay) });
    return output;
  }
  const shown = present(output);
  await insertAuditEntry(tx, calling.path, subjectOf(terms.audit, input, shown), factsOf(terms.audit, input));
  await finishCall(tx, ctx, keyed, { input, shown });
  return shown;
}
