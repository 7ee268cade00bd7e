import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface BodyTimeoutOptions {
  /** A body of this size or less has `milliseconds` to arrive; a larger one is an upload, which the server's own bound covers. */
  readonly bytesMax: number;
  readonly milliseconds: number;
}

/** Refuses a request whose body does not arrive in time, as Node refuses one whose headers do not. */
export function boundBodies(fastify: FastifyInstance, { bytesMax, milliseconds }: BodyTimeoutOptions): void {
  fastify.addHook('onRequest', async (request) => {
    const { raw } = request;
    if (!hasBody(request) || raw.complete || isUpload(request, bytesMax)) return;
    const timer = setTimeout(() => {
      const late = Object.assign(new Error('the body did not arrive in time'), {
        code: 'ERR_HTTP_REQUEST_TIMEOUT',
      });
      if (!raw.complete) fastify.server.emit('clientError', late, raw.socket);
    }, milliseconds);
    timer.unref();
    const arrived = (): void => clearTimeout(timer);
    raw.once('end', arrived);
    raw.once('close', arrived);
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isUpload({ routeOptions }: FastifyRequest, bytesMax: number): boolean {
  return (routeOptions.bodyLimit ?? 0) > bytesMax;
}
