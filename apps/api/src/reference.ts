import reference from '@scalar/fastify-api-reference';
import { makeDocument } from '@tenantry/rest/document';
import type { FastifyInstance } from 'fastify';
import { appRouter } from './router.ts';
import { uploadRouter } from './uploads.ts';

/** The API's description of itself. */
export function openApiDocument(publicUrl: string) {
  return makeDocument({
    router: appRouter,
    uploads: uploadRouter,
    title: 'Tenantry API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
  });
}

/** The page may load and ask nothing but this server. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the OpenAPI document and a page that shows it; the page loads nothing from another host. */
export async function serveReference(
  scope: FastifyInstance,
  { publicUrl }: { publicUrl: string },
): Promise<void> {
  const content = openApiDocument(publicUrl);
  scope.get('/openapi.json', { exposeHeadRoute: false }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(content)),
  );
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', pagePolicy);
  });
  await scope.register(reference, {
    routePrefix: '/reference',
    configuration: {
      content,
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
    },
  });
}
