import { idempotencyReplayedHeader } from '@tenantry/contract/headers';
import { type StoredAnswer, isStoredAnswer } from '@tenantry/db/idempotency/call';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type ProblemBody, orThrow, problemOf, refusalError, toPublicError } from '../public-error.ts';
import type { CodeOf } from './answer.ts';
import {
  type ExternalServiceContext,
  type IdempotencyCode,
  type LedgerApp,
  externalContext,
} from './external.ts';
import type { Handled, PassedCall } from './handler.ts';
import type { OpenCall } from './open-calls.ts';
import { watchAccess } from './watch-access.ts';

/** The last event of a stream that failed, as a service tells it. */
interface FailedEvent {
  readonly event: 'failed';
  readonly refusal: Refusal;
}

/** An event as a client is sent it: a refusal is told as a problem. A stream that throws can tell nothing but that. */
export type SentEvent<Event> = Event extends FailedEvent
  ? { event: 'failed' } & {
      [Name in Exclude<keyof Event, 'refusal' | 'event'>]?: Event[Name] | undefined;
    } & ProblemBody
  : Event;

/** A service that answers in events. `replay` makes the events of a stored answer. */
export interface StreamService<App extends LedgerApp, Input, Event extends { event: string }, Refused> {
  open(
    context: ExternalServiceContext & App['ports'],
    input: Input,
  ): Promise<AsyncGenerator<Event, void, void> | StoredAnswer | Refused>;
  replay(stored: string): Iterable<Event>;
}

/**
 * Runs a service that answers in events. What it refuses before the first event is refused like any call. A caller
 * whose transport cannot stream is refused before anything is done.
 */
export function runStream<App extends LedgerApp, Input, Event extends { event: string }, Refused>(
  service: StreamService<App, Input, Event, Refused>,
) {
  return async ({
    ctx,
    input,
    signal,
  }: Handled<App, Input, Exclude<CodeOf<Refused>, IdempotencyCode>, 'stream'>): Promise<
    AsyncIterable<SentEvent<Event>>
  > => {
    if (!ctx.incoming.acceptsStream) throw refusalError(refuse('unsupported_media_type'));
    const open = watched(ctx, input, ctx.app.openCalls.open(signal));
    const begun = await beginning(open, async () =>
      orThrow(await service.open(externalContext(ctx, input, open), input)),
    );
    if (!isStoredAnswer(begun)) return asEvents<Event>(sent(ctx, begunEvents<Event>(begun), open));
    open.close();
    ctx.setHeader(idempotencyReplayedHeader, 'true');
    return asEvents<Event>(replayed(service.replay(begun.replay), ctx.incoming.requestId));
  };
}

// What is neither a refusal nor a stored answer is the generator of events.
function begunEvents<Event>(begun: unknown): AsyncGenerator<Event, void, void> {
  return begun as AsyncGenerator<Event, void, void>;
}

// `sentEvent` does to an event what `SentEvent` does to its type.
function asEvents<Event>(events: AsyncIterable<unknown>): AsyncIterable<SentEvent<Event>> {
  return events as AsyncIterable<SentEvent<Event>>;
}

/** The open call, which the gate watches until it closes. */
function watched(ctx: PassedCall, input: unknown, open: OpenCall): OpenCall {
  const unwatch = watchAccess(ctx, input, open);
  const close = () => {
    unwatch();
    open.close();
  };
  return { ...open, close };
}

/** Closes the open call when its beginning fails. */
async function beginning<T>({ close }: OpenCall, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    close();
    throw fault;
  }
}

/** The events as they are sent. A caller who leaves before the first never asks for one; the call ends all the same. */
function sent(
  ctx: PassedCall<LedgerApp>,
  events: AsyncGenerator<unknown, void, void>,
  { signal, close }: OpenCall,
): AsyncGenerator<unknown, void, void> {
  let isAsked = false;
  async function* asked(): AsyncGenerator<unknown, void, void> {
    isAsked = true;
    try {
      yield* guarded(ctx, events, signal);
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

async function drain(events: AsyncGenerator<unknown, void, void>): Promise<void> {
  for (let next = await events.next(); next.done !== true; ) next = await events.next();
}

/** Turns what a stream fails with, told or thrown, into the problem of its last event. */
async function* guarded(
  { app, incoming: { requestId }, calling: { path } }: PassedCall<LedgerApp>,
  events: AsyncIterable<unknown>,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, void> {
  try {
    for await (const event of events) yield sentEvent(event, requestId, signal);
  } catch (fault) {
    const report = { requestId, path, log: app.log, setHeader: () => undefined };
    yield { event: 'failed', ...problemOf(toPublicError(fault, report), requestId) };
  }
}

async function* replayed(events: Iterable<unknown>, requestId: string): AsyncGenerator<unknown, void, void> {
  for (const event of events) yield sentEvent(event, requestId);
}

/** An event as it is sent. What a call fails with that the gate has ended is the refusal of the gate. */
function sentEvent(event: unknown, requestId: string, { reason }: { reason?: unknown } = {}): unknown {
  if (typeof event !== 'object' || event === null || !('refusal' in event)) return event;
  const { refusal, ...rest } = event;
  const sentRefusal = isRefusal(reason) ? reason : refusal;
  return isRefusal(sentRefusal) ? { ...rest, ...problemOf(refusalError(sentRefusal), requestId) } : event;
}
