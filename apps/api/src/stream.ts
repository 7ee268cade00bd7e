import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { leave, orThrow, problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { isReplay } from '@tenantry/services/ports';
import type { Billed } from '@tenantry/services/operation/bill';
import type { RunEvent } from '@tenantry/services/operation/stream';
import type { OpenFlow } from './flows.ts';
import type { App } from './app.ts';
import type { RunEvent as ShownEvent } from '@tenantry/contract/operation';
import { type AccountContext, type AccountFlow, type Resolving, handedTo } from './verb.ts';

type Service<Input> = (
  flow: AccountFlow,
  input: Input,
  app: App,
) => Promise<AsyncGenerator<RunEvent, void, void> | { replay: string } | Refusal>;

/**
 * Runs a service that answers in events. What it refuses before the first is refused like any call; a call whose
 * transport cannot stream is refused before anything is done. A replayed run comes as one delta and its end.
 */
export function stream<Input>(service: Service<Input>) {
  return async (
    call: Resolving<AccountContext, Input> & { signal: AbortSignal | undefined },
  ): Promise<AsyncIterable<ShownEvent>> => {
    const { ctx, input, path } = call;
    if (!ctx.incoming.acceptsStream) throw refusalError(refuse('unsupported_media_type'));
    const opened = ctx.app.flows.open(call.signal);
    const events = await begun(opened, async () =>
      orThrow(await service(await handedTo(call, opened.signal), input, ctx.app)),
    );
    if (!isReplay(events)) return shown(ctx, path, events, opened);
    opened.close();
    ctx.setHeader('idempotency-replayed', 'true');
    return replayed(events.replay);
  };
}

/** What a flow begins with; when that fails, the flow is over. */
async function begun<T>({ close }: OpenFlow, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    close();
    throw fault;
  }
}

/** The events as they are shown. A caller who leaves before the first never asks for one; the run ends all the same. */
function shown(
  ctx: AccountContext,
  path: string,
  events: AsyncGenerator<RunEvent, void, void>,
  { signal, close }: OpenFlow,
): AsyncGenerator<ShownEvent, void, void> {
  let isAsked = false;
  async function* asked(): AsyncGenerator<ShownEvent, void, void> {
    isAsked = true;
    try {
      yield* told(ctx, path, events);
    } finally {
      close();
    }
  }
  const answer = asked();
  const end = (): void => {
    if (!isAsked) void drain(answer);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return answer;
}

async function drain(events: AsyncGenerator<ShownEvent, void, void>): Promise<void> {
  for (let next = await events.next(); next.done !== true; ) next = await events.next();
}

async function* told(
  ctx: AccountContext,
  path: string,
  events: AsyncGenerator<RunEvent, void, void>,
): AsyncGenerator<ShownEvent, void, void> {
  const { requestId } = ctx.incoming;
  try {
    for await (const event of events)
      yield event.event === 'failed'
        ? { event: 'failed', ...problemOf(refusalError(event.refusal), requestId), credits: event.credits }
        : event;
  } catch (fault) {
    const known = { requestId, path, log: ctx.app.log, setHeader: () => undefined };
    yield { event: 'failed', ...problemOf(leave(fault, known), requestId) };
  }
}

async function* replayed(text: string): AsyncGenerator<ShownEvent, void, void> {
  const { output, ...billed }: { output: string } & Billed = JSON.parse(text);
  yield { event: 'delta', text: output };
  yield { event: 'done', finishReason: 'complete', ...billed };
}
