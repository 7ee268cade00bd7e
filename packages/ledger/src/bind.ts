import type { CallMark, KeyedCall, Verdict } from '@tenantry/db/idempotency/call';
import { doneMark, runningMark } from '@tenantry/db/idempotency/call';
import type { CallInfo } from '@tenantry/db/transaction';
import { type Refusal, type RefusalCode, isRefusal } from '@tenantry/domain/refusals';
import type { BooksChange, LedgerContext, LedgerReads, LedgerRequest } from './service.ts';

/** What a request came to. */
export interface Decided {
  /** What is to be written; undefined when the request was refused, or answered from an earlier call. */
  change?: BooksChange;
  /** What is to be stored of the call, or the place of a key that is to be freed. */
  mark?: CallMark;
  freed?: KeyedCall;
  /** Tells the caller; called once the change is committed. */
  deliver(): void;
}

/** A request without the types of its input and answer. */
export interface BoundRequest {
  reads: LedgerReads;
  callInfo: CallInfo;
  key: (KeyedCall & { phase: 'once' | 'begin' | 'complete' | 'abandon' }) | undefined;
  /** Decides at the time of the context. What is stored of a call with an Idempotency-Key lives in real time. */
  decide(context: LedgerContext, realTime: Date): Decided;
  /** Answers what an earlier call with the same key means. */
  replay(verdict: Verdict): Decided;
}

/** The real time at which the clock of an account, which may be ahead, has come to a moment. */
function realTimeOf(moment: Date | undefined, { now }: LedgerContext, realTime: Date): Date | undefined {
  return moment && new Date(moment.getTime() - now.getTime() + realTime.getTime());
}

/** The API keys that requests spend with, each once. */
export function spendingKeysOf(requests: readonly BoundRequest[]): string[] {
  const keyIds = requests.flatMap(({ reads, callInfo: { actor } }) =>
    reads.isSpent === true && actor.kind === 'api_key' ? [actor.keyId] : [],
  );
  return [...new Set(keyIds)];
}

/** Who waits for the answer of a request. */
export interface Waiting<Output, Code extends RefusalCode> {
  answer(answer: Output | Refusal<Code>): void;
  replay(verdict: Verdict): void;
}

/** Binds a request to whoever waits for its answer. */
export function bind<Input, Output, Code extends RefusalCode>(
  { service, input, callInfo, key }: LedgerRequest<Input, Output, Code>,
  waiting: Waiting<Output, Code>,
): BoundRequest {
  return {
    reads: service.reads(input),
    callInfo,
    key,
    decide: (context, realTime) => {
      const decision = service.decide(context, input);
      if (isRefusal(decision)) return { deliver: () => waiting.answer(decision) };
      const { answer, ...change } = decision;
      const deliver = () => waiting.answer(answer);
      if (key === undefined) return { change, deliver };
      if (key.phase === 'abandon') return { change, deliver, freed: key };
      const mark =
        key.phase === 'begin'
          ? runningMark(key, realTime, realTimeOf(change.newHolds?.[0]?.expiresAt, context, realTime))
          : doneMark(key, key.stored(answer), realTime);
      return { change, deliver, mark };
    },
    replay: (verdict) => ({ deliver: () => waiting.replay(verdict) }),
  };
}
