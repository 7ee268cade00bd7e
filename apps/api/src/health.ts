import type { FastifyInstance } from 'fastify';
import type { House } from './house.ts';

/** Whether the process lives, and whether it can serve: its database answers. No tenant data. */
export async function serveHealth(scope: FastifyInstance, { house }: { house: House }): Promise<void> {
  scope.get('/health/live', { exposeHeadRoute: false }, async () => ({ status: 'ok' }));
  scope.get('/health/ready', { exposeHeadRoute: false }, async (request, reply) => {
    try {
      await house.database.look({}, (em) => em.execute('select 1'));
      return { status: 'ok' };
    } catch (fault) {
      request.log.warn({ err: fault, requestId: request.id }, 'not ready');
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable' });
    }
  });
}
