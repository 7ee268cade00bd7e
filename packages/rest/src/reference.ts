import reference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import type { OpenApiDocument } from './document.ts';

/** The page may load and ask nothing but this server. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
].join('; ');

/** Serves an OpenAPI document at `/openapi.json`, and at `/reference` a page that shows it and loads nothing from elsewhere. */
export async function serveReference(
  scope: FastifyInstance,
  { document }: { document: OpenApiDocument },
): Promise<void> {
  scope.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(document)),
  );
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', pagePolicy);
  });
  await scope.register(reference, {
    routePrefix: '/reference',
    configuration: {
      content: document,
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
    },
  });
}
