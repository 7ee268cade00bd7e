import type { KeyedCall, StoredAnswer } from '@tenantry/db/idempotency/call';
import type { CallInfo } from '@tenantry/db/transaction';
import { type Refusal, type RefusalCode, isRefusal } from '@tenantry/domain/refusals';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { LedgerKey, LedgerService } from '@tenantry/ledger/service';
import type { GateApp } from '../request-context.ts';
import { type Answer, type CodeOf, answerOf, present } from './answer.ts';
import { type Handled, type PassedCall, scopeOf } from './handler.ts';
import { freeKey, keyedCall, storedText, waitForEarlierCall } from './idempotency.ts';
import type { OpenCall, OpenCalls } from './open-calls.ts';

/** An app whose procedures change credits. */
export interface LedgerApp extends GateApp {
  readonly ledger: Ledger;
  readonly openCalls: OpenCalls;
}

/**
 * Which step of a call with an Idempotency-Key a change of credits is: it begins the call and marks it as running,
 * completes it with the answer that is stored, or abandons it and frees the key.
 */
export type Step = Exclude<LedgerKey<unknown>['phase'], 'once'>;

/** What a service is given that calls another system; the app's ports come beside it. */
export interface ExternalServiceContext extends CallInfo {
  readonly accountId: string;
  /** Aborts when the caller disconnects, or when this process shuts down. */
  readonly signal: AbortSignal;
  /** Changes the account's credits in its group commit, in a transaction of its own. */
  change<Input, Output, Code extends RefusalCode>(
    step: Step,
    service: LedgerService<Input, Output, Code>,
    input: Input,
  ): Promise<Output | StoredAnswer | Refusal<Code | IdempotencyCode>>;
}

/** What a repeated Idempotency-Key can be refused with. */
export type IdempotencyCode = 'idempotency_mismatch' | 'idempotency_in_flight';

/** A service that calls another system between its changes of credits. */
export type ExternalService<App extends GateApp, Input, Output> = (
  context: ExternalServiceContext & App['ports'],
  input: Input,
) => Promise<Output>;

/** Runs a decision on credits in the account's group commit, where calls that wait together share one transaction. */
export function runInLedger<App extends LedgerApp, Input, Output, Code extends RefusalCode>(
  service: LedgerService<Input, Output, Code>,
) {
  return async ({ ctx, input }: Handled<App, Input, Code, 'ledger'>): Promise<Answer<Output>> => {
    const { app, callInfo } = ctx;
    const { accountId } = scopeOf(ctx);
    const key = answerKey<Output>(ctx, keyedCall(ctx, input), 'once');
    return answerOf<Output>(ctx, await app.ledger.change(accountId, { service, input, callInfo, key }));
  };
}

/** Runs a service that calls another system. It holds no transaction while it waits. */
export function runExternal<App extends LedgerApp, Input, Output>(
  service: ExternalService<App, Input, Output>,
) {
  return async ({
    ctx,
    input,
    signal,
  }: Handled<App, Input, Exclude<CodeOf<Output>, IdempotencyCode>, 'external'>): Promise<Answer<Output>> => {
    const open = ctx.app.openCalls.open(signal);
    try {
      return answerOf<Output>(ctx, await service(await externalContext(ctx, input, open), input));
    } finally {
      open.close();
    }
  };
}

/** What such a service is given, once no earlier call with its Idempotency-Key runs any more. */
export async function externalContext<App extends LedgerApp>(
  ctx: PassedCall<App>,
  input: unknown,
  { signal }: OpenCall,
): Promise<ExternalServiceContext & App['ports']> {
  const { app, callInfo } = ctx;
  const { accountId } = scopeOf(ctx);
  const keyed = keyedCall(ctx, input);
  await waitForEarlierCall(ctx, keyed, (work) => app.database.inAccount.read(scopeOf(ctx), callInfo, work));
  async function change<Input, Output, Code extends RefusalCode>(
    step: Step,
    service: LedgerService<Input, Output, Code>,
    own: Input,
  ) {
    const key = answerKey<Output>(ctx, keyed, step);
    const answer = await app.ledger.change(accountId, { service, input: own, callInfo, key });
    // A refusal writes nothing, and so leaves the mark of a call that had begun.
    if (step !== 'begin' && isRefusal(answer) && keyed !== undefined)
      await app.database.inAccount.write(scopeOf(ctx), callInfo, (tx) => freeKey(tx, ctx, keyed));
    return answer;
  }
  return { ...app.ports, ...callInfo, accountId, signal, change };
}

function answerKey<Output>(
  { terms }: Pick<PassedCall, 'terms'>,
  keyed: KeyedCall | undefined,
  phase: LedgerKey<Output>['phase'],
): LedgerKey<Output> | undefined {
  if (keyed === undefined) return undefined;
  return { ...keyed, phase, textOf: (answer) => storedText(present(answer), terms.secrets ?? []) };
}
