import { findPresentedKey } from '@tenantry/db/api-key/queries';
import { findUserByEmail, listAccountsOf } from '@tenantry/db/user/queries';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { createKey } from '../api-key/create.ts';
import type { Flow, Identity } from '../ports.ts';
import { createSite } from '../site/create.ts';
import { register } from './create.ts';

const keyIdOf = (secret: string) => secret.split('_')[2] ?? '';

/** Makes the demo account with a site and an API key, each once; answers the key. `apiKey` is the one made before. */
export async function createDemo(
  flow: Flow,
  identity: Identity,
  { email, password, apiKey }: { email: string; password: string; apiKey: string | undefined },
): Promise<{ secret: string } | Refusal> {
  const { database, callInfo } = flow;
  if (apiKey !== undefined && (await findPresentedKey(database, keyIdOf(apiKey))) !== null)
    return { secret: apiKey };
  const registered = await register(flow, identity, { email, password, accountName: 'Demo' });
  if (isRefusal(registered) && registered.refused !== 'email_taken') return registered;
  const user = await findUserByEmail(database, identity.digestText(email));
  const [account] = user === null ? [] : await listAccountsOf(database, user.id);
  if (account === undefined) throw new Error('the demo account is missing');
  return database.inAccount.write({ accountId: account.id }, callInfo, async (tx) => {
    if (!isRefusal(registered)) await createSite(tx, { name: 'Demo blog', domain: 'blog.example' });
    return createKey(tx, identity, {
      name: 'Demo key',
      scopes: ['site:read', 'credit:read', 'credit:spend', 'operation:run'],
    });
  });
}
