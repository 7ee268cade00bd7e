import { insertAuditEntry } from '@tenantry/db/audit/queries';
import type { LedgerKey, LedgerService } from '@tenantry/ledger/service';
import type { CallInfo, AccountTransaction } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, type RefusalCode, isRefusal } from '@tenantry/domain/refusals';
import { orThrow } from '@tenantry/gate/error-boundary';
import {
  type KeyedCall,
  beginCall,
  fingerprintOf,
  finishCall,
  idempotencyKeyOf,
  stateOfCall,
  storedText,
} from '@tenantry/gate/idempotent';
import type { Access } from '@tenantry/gate/resolve-account';
import type { AccountTerms } from '@tenantry/gate/terms';
import { type Replay, isReplay } from '@tenantry/services/ports';
import type { RunFlow } from '@tenantry/services/operation/run';
import type { App } from './app.ts';
import { type Presented, present } from '@tenantry/rest/present';
import type { RequestContext } from './request-context.ts';

/** What the gate has added to the context. */
export interface AccountContext extends RequestContext {
  actor: Actor;
  account: { id: string };
  access: Access;
  terms: AccountTerms;
}

/** A call that has passed the gate, with its parsed input. */
export interface Resolving<Context, Input> {
  ctx: Context;
  input: Input;
  path: string;
}

type Answer<T> = Presented<Exclude<T, Refusal | Replay>>;
type Service<Input, Output> = (tx: AccountTransaction, input: Input, app: App) => Promise<Output>;

/** Answers never hold a secret the second time. */
const secretNames = ['secret'];

/** Runs a service that changes something: callInfo, audit row, outbox and stored answer in one transaction. */
export function verb<Input, Output>(service: Service<Input, Output>) {
  return async ({ ctx, input, path }: Resolving<AccountContext, Input>): Promise<Answer<Output>> => {
    const keyed = keyedCall(ctx, path, input);
    const answer = await ctx.app.database.inAccount.write(scopeOf(ctx), callInfoOf(ctx), async (tx) => {
      const stored = keyed === undefined ? undefined : await beginCall(tx, keyed);
      if (stored !== undefined) return stored;
      const output = await service(tx, input, ctx.app);
      if (isRefusal(output)) return output;
      const shown = present(output);
      if (ctx.terms.audit !== 'ledger') await insertAuditEntry(tx, path, subjectOf(shown));
      if (keyed !== undefined) await finishCall(tx, keyed, shown, secretNames);
      return { shown };
    });
    return answerOf<Output>(ctx, orThrow<unknown>(answer));
  };
}

/** Runs a service that only reads. */
export function read<Input, Output>(service: Service<Input, Output>) {
  return async ({ ctx, input }: Resolving<AccountContext, Input>): Promise<Answer<Output>> => {
    const answer = await ctx.app.database.inAccount.read(scopeOf(ctx), callInfoOf(ctx), (tx) =>
      service(tx, input, ctx.app),
    );
    return answered<Output>(present(orThrow(answer)));
  };
}

/** Runs a service on credits in the account's group commit, where calls that wait together share one commit. */
export function ledger<Input, Output, Code extends RefusalCode>(service: LedgerService<Input, Output, Code>) {
  return async ({ ctx, input, path }: Resolving<AccountContext, Input>): Promise<Answer<Output>> => {
    const key = ledgerKey<Output>(keyedCall(ctx, path, input), 'once');
    const request = { service, input, callInfo: callInfoOf(ctx), key };
    return ledgerAnswer<Output>(ctx, await ctx.app.ledger.change(ctx.account.id, request));
  };
}

/** What a flow is handed: the ledger, what its key means at each step, and when the caller gives up. */
export type AccountFlow = Pick<RunFlow, 'ledger' | 'accountId' | 'callInfo' | 'key' | 'signal' | 'pass'>;

/** Runs a service that calls abroad: it takes and settles credits in the ledger, and waits outside of it. */
export function flow<Input, Output>(service: (flow: AccountFlow, input: Input, app: App) => Promise<Output>) {
  return async (
    call: Resolving<AccountContext, Input> & { signal: AbortSignal | undefined },
  ): Promise<Answer<Output>> => {
    const { ctx, input } = call;
    const { signal, close } = ctx.app.flows.open(call.signal);
    try {
      return ledgerAnswer<Output>(ctx, await service(await handedTo(call, signal), input, ctx.app));
    } finally {
      close();
    }
  };
}

/** What a flow is handed, once no earlier call with its key runs any more. */
export async function handedTo<Input>(
  { ctx, input, path }: Resolving<AccountContext, Input>,
  signal: AbortSignal,
): Promise<AccountFlow> {
  const keyed = keyedCall(ctx, path, input);
  if (keyed !== undefined) await untilAnswered(ctx, keyed);
  const key: AccountFlow['key'] = (phase) => ledgerKey(keyed, phase);
  const { ledger: credits, failpoint: pass } = ctx.app;
  return { ledger: credits, accountId: ctx.account.id, callInfo: callInfoOf(ctx), key, signal, pass };
}

function ledgerKey<T>(keyed: KeyedCall | undefined, phase: LedgerKey<T>['phase']): LedgerKey<T> | undefined {
  if (keyed === undefined) return undefined;
  return { ...keyed, phase, textOf: (answer) => storedText(present(answer), secretNames) };
}

function ledgerAnswer<Output>(ctx: RequestContext, outcome: unknown): Answer<Output> {
  const answer: unknown = orThrow(outcome);
  return answerOf<Output>(ctx, isStored(answer) ? answer : { shown: present(answer) });
}

function keyedCall(ctx: AccountContext, procedure: string, input: unknown): KeyedCall | undefined {
  const { idempotencyKeys, calls } = ctx.incoming;
  const key = orThrow(idempotencyKeyOf(idempotencyKeys, calls));
  return key === undefined ? undefined : { procedure, key, fingerprint: fingerprintOf(input) };
}

const patienceMilliseconds = 2000;
const pollMilliseconds = 100;

/** Waits a bounded time while an earlier call with the same key runs, and holds no transaction meanwhile. */
async function untilAnswered(ctx: AccountContext, keyed: KeyedCall): Promise<void> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    const state = await ctx.app.database.inAccount.read(scopeOf(ctx), callInfoOf(ctx), (tx) =>
      stateOfCall(tx, keyed),
    );
    if (state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

function scopeOf({ account, actor }: AccountContext) {
  return { accountId: account.id, ...(actor.kind === 'user' ? { userId: actor.userId } : {}) };
}

function callInfoOf({ actor, incoming, now, access: { sites } }: AccountContext): CallInfo {
  return { actor, requestId: incoming.requestId, now, ...(sites === undefined ? {} : { sites }) };
}

function subjectOf(shown: unknown): string | null {
  const id = typeof shown === 'object' && shown !== null && 'id' in shown ? shown.id : null;
  return typeof id === 'string' ? id : null;
}

function isStored(value: unknown): value is Replay {
  return typeof value === 'object' && value !== null && isReplay(value);
}

function answerOf<Output>(ctx: RequestContext, answer: unknown): Answer<Output> {
  if (isStored(answer)) {
    ctx.setHeader('idempotency-replayed', 'true');
    return answered<Output>(JSON.parse(answer.replay));
  }
  return answered<Output>(
    typeof answer === 'object' && answer !== null && 'shown' in answer ? answer.shown : answer,
  );
}

// What is answered was presented from an `Output`, now or when the answer was stored.
function answered<Output>(value: unknown): Answer<Output> {
  return value as Answer<Output>;
}
