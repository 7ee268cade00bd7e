import { findKeyAccess } from '@tenantry/db/access/queries';
import { findUserByEmail, listAccountsOf } from '@tenantry/db/user/queries';
import { isRefusal } from '@tenantry/domain/refusals';
import { createKey } from '../api-key/create.ts';
import type { DirectoryContext } from '../context.ts';
import { createSite } from '../site/create.ts';
import { makeAccount } from './create.ts';

const keyIdOf = (secret: string) => secret.split('_')[2] ?? '';

/** Makes the demo account with a site and an API key, each once; answers the key. `apiKey` is the one of an earlier run. */
export async function createDemo(
  context: Omit<DirectoryContext<'identity'>, 'address'>,
  { email, password, apiKey }: { email: string; password: string; apiKey: string | undefined },
) {
  const { database, identity, actor, requestId, now } = context;
  if (apiKey !== undefined && (await findKeyAccess(database, keyIdOf(apiKey))) !== undefined)
    return { secret: apiKey };
  const registered = await makeAccount(context, { email, password, accountName: 'Demo' });
  if (isRefusal(registered) && registered.refused !== 'email_taken') return registered;
  const user = await findUserByEmail(database, identity.digestText(email));
  const [account] = user === null ? [] : await listAccountsOf(database, user.id);
  if (account === undefined) throw new Error('The demo account is missing.');
  return database.inAccount.write({ accountId: account.id }, { actor, requestId, now }, async (tx) => {
    const call = { tx, identity, actor, requestId, now };
    if (!isRefusal(registered)) await createSite(call, { name: 'Demo blog', domain: 'blog.example' });
    return createKey(call, {
      name: 'Demo key',
      scopes: ['site:read', 'credit:read', 'credit:spend', 'operation:run'],
    });
  });
}
