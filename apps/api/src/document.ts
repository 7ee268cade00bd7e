import { sessionCookieName } from '@tenantry/contract/headers';
import { gateDescription } from '@tenantry/gate/openapi';
import { type OpenApiDocument, makeDocument } from '@tenantry/rest/document';
import { fileRouter } from './files.ts';
import { appRouter } from './router.ts';

/** The OpenAPI document of this app. `publicUrl` is where clients reach it. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  return makeDocument({
    ...gateDescription,
    router: appRouter,
    files: fileRouter,
    title: 'Tenantry API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
    bearer: 'An access token or an API key.',
    cookieName: sessionCookieName({ secure: publicUrl.startsWith('https:') }),
  });
}
