import { type KeyedCall, type StoredAnswer, isStoredAnswer } from '@tenantry/db/idempotency/call';
import type { CallInfo, Transaction } from '@tenantry/db/transaction';
import { type Refusal, type RefusalCode, isRefusal } from '@tenantry/domain/refusals';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { LedgerKey, LedgerService } from '@tenantry/ledger/service';
import { refusalError } from '../public-error.ts';
import type { GateApp } from '../request-context.ts';
import { type Answer, type CodeOf, answerOf, present } from './answer.ts';
import { type Handled, type PassedCall, scopeOf } from './handler.ts';
import { freeKey, keyedCall } from './idempotency.ts';
import { attemptWithKey } from './key-wait.ts';
import type { OpenCall, OpenCalls } from './open-calls.ts';
import { refusalIfHidden, sitedAnswer } from './stored-answer.ts';
import { watchAccess } from './watch-access.ts';

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
    const key = answerKey<Output>(ctx, { keyed: keyedCall(ctx, input), input }, 'once');
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
    const unwatch = watchAccess(ctx, input, open);
    try {
      const outcome = await service(externalContext(ctx, input, open), input);
      // Whatever such a call refuses with, it was ended by the gate.
      if (isRefusal(outcome) && isRefusal(open.signal.reason)) throw refusalError(open.signal.reason);
      return answerOf<Output>(ctx, outcome);
    } finally {
      unwatch();
      open.close();
    }
  };
}

/** What such a service is given. Its first change of credits waits for an earlier call with the same Idempotency-Key. */
export function externalContext<App extends LedgerApp>(
  ctx: PassedCall<App>,
  input: unknown,
  { signal }: OpenCall,
): ExternalServiceContext & App['ports'] {
  const { app, callInfo } = ctx;
  const { accountId } = scopeOf(ctx);
  const keyed = keyedCall(ctx, input);
  const read = <T>(work: (tx: Transaction) => Promise<T>) =>
    app.database.inAccount.read(scopeOf(ctx), callInfo, work);
  async function change<Input, Output, Code extends RefusalCode>(
    step: Step,
    service: LedgerService<Input, Output, Code>,
    own: Input,
  ) {
    const key = answerKey<Output>(ctx, { keyed, input }, step);
    const attempt = () => app.ledger.change(accountId, { service, input: own, callInfo, key });
    const answer = await (step === 'begin' ? attemptWithKey(ctx, { keyed, read }, attempt) : attempt());
    const hidden = isStoredAnswer(answer) ? refusalIfHidden(ctx, answer) : undefined;
    if (hidden !== undefined) throw refusalError(hidden);
    // A refusal writes nothing, and so leaves the mark of a call that had begun.
    if (step !== 'begin' && isRefusal(answer) && keyed !== undefined)
      await app.database.inAccount.write(scopeOf(ctx), callInfo, (tx) => freeKey(tx, ctx, keyed));
    return answer;
  }
  return { ...app.ports, ...callInfo, accountId, signal, change };
}

/** The key of a change of credits with the answer that is stored under it; undefined for a call without an Idempotency-Key. */
export function answerKey<Output>(
  ctx: Pick<PassedCall, 'callInfo' | 'terms'>,
  { keyed, input }: { keyed: KeyedCall | undefined; input: unknown },
  phase: LedgerKey<Output>['phase'],
): LedgerKey<Output> | undefined {
  if (keyed === undefined) return undefined;
  return { ...keyed, phase, stored: (answer) => sitedAnswer(ctx, input, present(answer)) };
}
