import reference from '@scalar/fastify-api-reference';
import { accountHeader, idempotencyKeyHeader, sessionCookieName } from '@tenantry/contract/headers';
import { problem } from '@tenantry/contract/problem';
import { type OpenApiDocument, makeDocument } from '@tenantry/rest/document';
import type { RestRoute } from '@tenantry/rest/meta';
import type { FastifyInstance } from 'fastify';
import type { Meta } from './procedure.ts';
import { appRouter } from './router.ts';
import { uploadRouter } from './uploads.ts';

const headers = {
  Account: {
    name: accountHeader,
    description: 'The account that the call is for; needed by a person who belongs to several.',
    schema: { type: 'string', format: 'uuid' },
  },
  IdempotencyKey: {
    name: idempotencyKeyHeader,
    description: 'A retry with the same key and the same input gets the first answer again, for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  },
};

/** The headers that a procedure reads: only what is made for an account reads either. */
function headersOf({ meta, route }: { meta: Meta; route: RestRoute }): (keyof typeof headers)[] {
  if (meta.terms === undefined || !('scope' in meta.terms)) return [];
  return route.method === 'POST' ? ['Account', 'IdempotencyKey'] : ['Account'];
}

/** The API's description of itself. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  return makeDocument({
    router: appRouter,
    uploads: uploadRouter,
    title: 'Tenantry API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
    problem,
    bearer: 'An access token or an API key.',
    cookieName: sessionCookieName({ secure: publicUrl.startsWith('https:') }),
    headers,
    headersOf,
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
