import reference from '@scalar/fastify-api-reference';
import { makeDocument } from '@tenantry/rest/document';
import type { FastifyInstance } from 'fastify';
import { appRouter } from './router.ts';

/** The API's description of itself. */
export function openApiDocument(publicUrl: string) {
  return makeDocument({
    router: appRouter,
    title: 'Tenantry API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
  });
}

/** Serves the OpenAPI document and a page that shows it; the page loads nothing from another host. */
export async function serveReference(
  scope: FastifyInstance,
  { publicUrl }: { publicUrl: string },
): Promise<void> {
  const content = openApiDocument(publicUrl);
  scope.get('/openapi.json', { exposeHeadRoute: false }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(content)),
  );
  await scope.register(reference, {
    routePrefix: '/reference',
    configuration: { content, withDefaultFonts: false, telemetry: false, hideClientButton: true },
  });
}
