import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  /** Rejects when the process cannot serve. Probes that come meanwhile share its answer. */
  readonly isReady: () => Promise<unknown>;
  /** After this time without an answer the process is not ready. */
  readonly readyMilliseconds: number;
}

/** Whether the process lives, and whether it can serve. No tenant data. */
export async function serveHealth(
  scope: FastifyInstance,
  { isReady, readyMilliseconds }: HealthOptions,
): Promise<void> {
  let asked: Promise<unknown> | undefined;
  const ask = (): Promise<unknown> => {
    asked ??= isReady().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  scope.get('/health/live', async () => ({ status: 'ok' }));
  scope.get('/health/ready', async (request, reply) => {
    try {
      await within(readyMilliseconds, ask());
      return { status: 'ok' };
    } catch (fault) {
      request.log.warn({ err: fault, requestId: request.id }, 'not ready');
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable' });
    }
  });
}

/** The answer of a promise; rejects after `milliseconds` without one. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no answer within ${milliseconds} milliseconds`)),
    milliseconds,
  );
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
