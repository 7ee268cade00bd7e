import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { generateSource } from 'oazapfts';
import openapiTS, { astToString } from 'openapi-typescript';
import { generate } from 'orval';

/**
 * Makes a client with each of four generators from an OpenAPI document, with the settings that a new user of it starts
 * with. Writes `openapi-typescript.ts`, `hey-api/`, `orval-client.ts` and `oazapfts-client.ts` into the folder.
 */
export async function generateClients(document: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const types = await openapiTS(new URL(`file://${document}`));
  await writeFile(join(folder, 'openapi-typescript.ts'), astToString(types));
  await createClient({
    input: document,
    output: { path: join(folder, 'hey-api'), module: { extension: '.ts' } },
    plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk'],
    logs: { level: 'silent' },
  });
  await generate({
    input: document,
    output: {
      target: join(folder, 'orval-client.ts'),
      client: 'fetch',
      mode: 'single',
      baseUrl: { getBaseUrlFromSpecification: true },
    },
  });
  await writeFile(join(folder, 'oazapfts-client.ts'), await generateSource(document));
}
