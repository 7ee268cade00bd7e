import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** An event of a stream. `event` is its name, and all other fields are its data. */
export interface StreamEvent {
  readonly event: string;
}

/** The time without an event after which a comment keeps the connection open. */
const silenceMilliseconds = 15_000;

/** Whether an answer is a stream of events. */
export function isEventStream(answer: unknown): answer is AsyncIterable<StreamEvent> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

/** Answers events as `text/event-stream`, each as soon as it is available. A client that disconnects ends the source. */
export function sendEvents(reply: FastifyReply, events: AsyncIterable<StreamEvent>): FastifyReply {
  // A proxy that buffers answers would delay events.
  reply.code(200).type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
  return reply.send(Readable.from(linesOf(events), { highWaterMark: 1 }));
}

async function* linesOf(events: AsyncIterable<StreamEvent>): AsyncGenerator<string> {
  const source = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = source.next();
      let result = await valueOrTimeout(next);
      while (result === undefined) {
        yield ': waiting\n\n';
        result = await valueOrTimeout(next);
      }
      if (result.done === true) return;
      const { event, ...data } = result.value;
      yield `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
  } finally {
    await source.return?.();
  }
}

/** The next value, or undefined after `silenceMilliseconds` without one. */
async function valueOrTimeout<T>(next: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, silenceMilliseconds, undefined);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
