import { gateDescription } from '@tenantry/gate/openapi';
import { type OpenApiDocument, makeDocument } from '@tenantry/rest/document';
import { fileRouter } from './files.ts';
import { adminRouter } from './router.ts';

/** The OpenAPI document of this app. `publicUrl` is where clients reach it. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  return makeDocument({
    ...gateDescription,
    router: adminRouter,
    files: fileRouter,
    title: 'Tenantry admin API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
    bearer: 'A session token of staff.',
  });
}
