import type { CallInfo } from '@tenantry/db/transaction';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import type { GateApp } from '../request-context.ts';
import type { AccountServiceContext } from './account.ts';
import { type Answer, type CodeOf, answerOf } from './answer.ts';
import { type Handled, scopeOf } from './handler.ts';

/** A service that reads in one transaction of an account, and makes its answer of that without one. */
export interface ReadFirstService<App extends GateApp, Input, Found, Output> {
  read(context: AccountServiceContext & App['ports'], input: Input): Promise<Found>;
  /** It may take long: it holds no transaction and no connection. */
  finish(context: CallInfo & App['ports'], found: Exclude<Found, Refusal>): Promise<Output>;
}

/** Runs a service that reads first. The connection goes back to its pool before the rest runs. */
export function runReadFirst<App extends GateApp, Input, Found, Output>(
  service: ReadFirstService<App, Input, Found, Output>,
) {
  return async ({
    ctx,
    input,
  }: Handled<App, Input, CodeOf<Found | Output>, 'read' | undefined>): Promise<Answer<Output>> => {
    const { app, callInfo } = ctx;
    const { inAccount } = app.database;
    const found = await inAccount.read(scopeOf(ctx), callInfo, (tx) =>
      service.read({ ...app.ports, ...callInfo, tx }, input),
    );
    if (isRefusal(found)) return answerOf<Output>(ctx, found);
    return answerOf<Output>(ctx, await service.finish({ ...app.ports, ...callInfo }, accepted(found)));
  };
}

// The caller has excluded refusals, which TypeScript cannot follow for a type parameter.
function accepted<Found>(found: Found): Exclude<Found, Refusal> {
  return found as Exclude<Found, Refusal>;
}
