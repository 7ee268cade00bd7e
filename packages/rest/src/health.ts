import type { FastifyInstance } from 'fastify';

/** Whether the process lives, and whether it can serve. `isReady` rejects when it cannot. No tenant data. */
export async function serveHealth(
  scope: FastifyInstance,
  { isReady }: { isReady: () => Promise<unknown> },
): Promise<void> {
  scope.get('/health/live', { exposeHeadRoute: false }, async () => ({ status: 'ok' }));
  scope.get('/health/ready', { exposeHeadRoute: false }, async (request, reply) => {
    try {
      await isReady();
      return { status: 'ok' };
    } catch (fault) {
      request.log.warn({ err: fault, requestId: request.id }, 'not ready');
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable' });
    }
  });
}
