import { grantCredits } from '../credit.ts';
import type { TestApp } from '../app.ts';
import { unthrottle } from '../plan.ts';
import { makeKey, registerOwner } from '../users.ts';
import { randomOf } from '../random.ts';
import type { Tenant } from './attempt.ts';
import { Client } from './clients.ts';

const tenantsCount = 4;
const scopes = ['credit:spend', 'credit:read', 'operation:run', 'site:write', 'site:read'];

/** Makes four accounts with a million credits and no limits, and the given number of clients that share them. */
export async function openClients(
  app: TestApp,
  clientsCount: number,
  seed: number,
): Promise<{ tenants: Tenant[]; clients: Client[] }> {
  const clients: Client[] = [];
  const tenants: Tenant[] = [];
  for (let count = 0; count < tenantsCount; count += 1) {
    const owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    await grantCredits(app.database, owner.accountId, 1_000_000);
    const tenant = { accountId: owner.accountId, bearer: await makeKey(app, owner, scopes) };
    tenants.push(tenant);
    for (let index = count; index < clientsCount; index += tenantsCount)
      clients.push(new Client(tenant, randomOf(seed + index + 1)));
  }
  return { tenants, clients };
}
