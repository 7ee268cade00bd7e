import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** An event of a stream: its name, and the rest is its data. */
export interface StreamEvent {
  readonly event: string;
}

/** How long a stream may be silent before a comment says that it lives. */
const quietMilliseconds = 15_000;

/** Tells an answer that comes in events from one that comes whole. */
export function isEventStream(answer: unknown): answer is AsyncIterable<StreamEvent> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

/** Answers events as `text/event-stream`, each as soon as it is there. Whoever leaves ends the source. */
export function sendEvents(reply: FastifyReply, events: AsyncIterable<StreamEvent>): FastifyReply {
  // Proxies that gather answers would hold deltas back.
  reply.code(200).type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
  return reply.send(Readable.from(linesOf(events), { highWaterMark: 1 }));
}

async function* linesOf(events: AsyncIterable<StreamEvent>): AsyncGenerator<string> {
  const source = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = source.next();
      let told = await quiet(next);
      while (told === undefined) {
        yield ': waiting\n\n';
        told = await quiet(next);
      }
      if (told.done === true) return;
      const { event, ...data } = told.value;
      yield `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
  } finally {
    await source.return?.();
  }
}

/** What comes next, or undefined when nothing has come for a while. */
async function quiet<T>(next: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, quietMilliseconds, undefined);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
