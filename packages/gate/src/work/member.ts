import type { AccountTransaction } from '@tenantry/db/transaction';
import type { GateApp } from '../request-context.ts';
import { changeInAccount } from './account.ts';
import { type Answer, type CodeOf, answerOf } from './answer.ts';
import { type DirectoryServiceContext, directoryContextOf } from './directory.ts';
import type { Handled } from './handler.ts';

/** What a service is given that asks a member for a proof before it changes something of their account. */
export interface MemberServiceContext extends DirectoryServiceContext {
  /** Writes the change in one transaction of the account with its audit row. A service calls it once, and answers its result. */
  commit<T>(work: (tx: AccountTransaction) => Promise<T>): Promise<T>;
}

/** A service that asks a member for a proof. */
export type MemberService<App extends GateApp, Input, Output> = (
  context: MemberServiceContext & App['ports'],
  input: Input,
) => Promise<Output>;

/**
 * Runs a service of an account that proves its caller before it opens its transaction: a failed proof is counted
 * whatever becomes of the call, and a proof that takes long holds no connection. The fingerprint that an
 * Idempotency-Key stores is secret, since the input is.
 */
export function runForMember<App extends GateApp, Input, Output>(service: MemberService<App, Input, Output>) {
  return async ({ ctx, input }: Handled<App, Input, CodeOf<Output>, 'proven'>): Promise<Answer<Output>> => {
    let committed: { outcome: unknown } | undefined;
    const commit = async <T>(work: (tx: AccountTransaction) => Promise<T>): Promise<T> => {
      if (committed !== undefined) throw new Error(`${ctx.calling.path} commits twice.`);
      const outcome = await changeInAccount(ctx, input, work, { isSecret: true });
      committed = { outcome };
      return committedAs<T>(outcome);
    };
    const output = await service({ ...directoryContextOf(ctx), commit }, input);
    if (committed !== undefined && output !== committed.outcome)
      throw new Error(`${ctx.calling.path} answers something other than what it committed.`);
    return answerOf<Output>(ctx, output);
  };
}

// What was committed is the result of the work as it is presented, or a stored answer of the same form.
function committedAs<T>(outcome: unknown): T {
  return outcome as T;
}
