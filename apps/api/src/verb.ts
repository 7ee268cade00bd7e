import { recordDeed } from '@tenantry/db/audit/queries';
import type { Deed, Records } from '@tenantry/db/transact';
import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { orThrow } from '@tenantry/gate/error-boundary';
import {
  type KeyedCall,
  abandonCall,
  beginCall,
  fingerprintOf,
  finishCall,
  idempotencyKeyOf,
  stateOfCall,
} from '@tenantry/gate/idempotent';
import type { Standpoint } from '@tenantry/gate/resolve-account';
import type { AccountTerms } from '@tenantry/gate/terms';
import { type Call, type Flow, type Replay, isReplay } from '@tenantry/services/ports';
import type { House } from './house.ts';
import { type Presented, present } from '@tenantry/rest/present';
import type { Street } from './street.ts';

/** What the gate has added to the street. */
export interface AccountContext extends Street {
  actor: Actor;
  account: { id: string };
  standpoint: Standpoint;
  terms: AccountTerms;
}

interface Resolving<Context, Input> {
  ctx: Context;
  input: Input;
  path: string;
}

type Answer<T> = Presented<Exclude<T, Refusal | Replay>>;
type Service<Input, Output> = (records: Records, input: Input, house: House) => Promise<Output>;

/** Answers never hold a secret the second time. */
const secretNames = ['secret'];

/** Runs a service that changes something: deed, audit row, outbox and stored answer in one transaction. */
export function verb<Input, Output>(service: Service<Input, Output>) {
  return async ({ ctx, input, path }: Resolving<AccountContext, Input>): Promise<Answer<Output>> => {
    const keyed = keyedCall(ctx, path, input);
    const answer = await ctx.house.database.transact(scopeOf(ctx), deedOf(ctx), async (records) => {
      const stored = keyed === undefined ? undefined : await beginCall(records, keyed);
      if (stored !== undefined) return stored;
      const output = await service(records, input, ctx.house);
      if (isRefusal(output)) return output;
      const shown = present(output);
      if (ctx.terms.audit !== 'ledger') await recordDeed(records, path, subjectOf(shown));
      if (keyed !== undefined) await finishCall(records, keyed, shown, secretNames);
      return { shown };
    });
    return answerOf<Output>(ctx, orThrow<unknown>(answer));
  };
}

/** Runs a service that only reads. */
export function read<Input, Output>(service: Service<Input, Output>) {
  return async ({ ctx, input }: Resolving<AccountContext, Input>): Promise<Answer<Output>> => {
    const answer = await ctx.house.database.transact(scopeOf(ctx), deedOf(ctx), (records) =>
      service(records, input, ctx.house),
    );
    return answered<Output>(present(orThrow(answer)));
  };
}

/** What a flow is handed: its own transactions, the idempotency of its call, and when the caller gives up. */
export interface AccountFlow extends Flow {
  accountId: string;
  call: Call;
  signal: AbortSignal;
}

/** Runs a service that calls abroad and so opens its own transactions, none while it waits. */
export function flow<Input, Output>(
  service: (flow: AccountFlow, input: Input, house: House) => Promise<Output>,
) {
  return async ({
    ctx,
    input,
    path,
    signal,
  }: Resolving<AccountContext, Input> & { signal: AbortSignal | undefined }): Promise<Answer<Output>> => {
    const keyed = keyedCall(ctx, path, input);
    if (keyed !== undefined) await untilAnswered(ctx, keyed);
    const { database } = ctx.house;
    const answer = await service(
      {
        database,
        deed: deedOf(ctx),
        accountId: ctx.account.id,
        call: callOf(keyed),
        signal: signal ?? new AbortController().signal,
      },
      input,
      ctx.house,
    );
    const settled: unknown = orThrow(answer);
    const stored = isStored(settled) ? settled : { shown: present(settled) };
    return answerOf<Output>(ctx, stored);
  };
}

function keyedCall(ctx: AccountContext, procedure: string, input: unknown): KeyedCall | undefined {
  const { idempotencyKeys, calls } = ctx.incoming;
  const key = orThrow(idempotencyKeyOf(idempotencyKeys, calls));
  return key === undefined ? undefined : { procedure, key, fingerprint: fingerprintOf(input) };
}

const idle: Call = {
  begin: async () => undefined,
  complete: async () => undefined,
  abandon: async () => undefined,
};

function callOf(keyed: KeyedCall | undefined): Call {
  if (keyed === undefined) return idle;
  return {
    begin: (records) => beginCall(records, keyed),
    complete: (records, answer) => finishCall(records, keyed, present(answer), secretNames),
    abandon: (records) => abandonCall(records, keyed),
  };
}

const patienceMilliseconds = 2000;
const pollMilliseconds = 100;

/** Waits a bounded time while an earlier call with the same key runs, and holds no transaction meanwhile. */
async function untilAnswered(ctx: AccountContext, keyed: KeyedCall): Promise<void> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    const state = await ctx.house.database.transact(scopeOf(ctx), deedOf(ctx), (records) =>
      stateOfCall(records, keyed),
    );
    if (state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

function scopeOf({ account, actor }: AccountContext) {
  return { accountId: account.id, ...(actor.kind === 'user' ? { userId: actor.userId } : {}) };
}

function deedOf({ actor, incoming, now, standpoint: { sites } }: AccountContext): Deed {
  return { actor, requestId: incoming.requestId, now, ...(sites === undefined ? {} : { sites }) };
}

function subjectOf(shown: unknown): string | null {
  const id = typeof shown === 'object' && shown !== null && 'id' in shown ? shown.id : null;
  return typeof id === 'string' ? id : null;
}

function isStored(value: unknown): value is Replay {
  return typeof value === 'object' && value !== null && isReplay(value);
}

function answerOf<Output>(ctx: Street, answer: unknown): Answer<Output> {
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
