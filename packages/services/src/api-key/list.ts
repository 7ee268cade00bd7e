import type { PageInput } from '@tenantry/contract/page';
import { listKeys as findKeys } from '@tenantry/db/api-key/queries';
import type { Context } from '../context.ts';
import { keyViews } from './view.ts';

/** The API keys that the actor may see, newest first, revoked ones included. */
export async function listKeys({ tx }: Context, input: PageInput) {
  const page = await findKeys(tx, input);
  return { ...page, items: await keyViews(tx, page.items) };
}
