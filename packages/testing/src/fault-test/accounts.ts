import { grantCredits } from '../credit.ts';
import type { TestApp } from '../app.ts';
import { makeKey, registerOwner } from '../users.ts';
import { randomOf } from '../random.ts';
import type { Tenant } from './attempt.ts';
import { Client } from './clients.ts';

const tenantsCount = 4;
const scopes = ['credit:spend', 'credit:read', 'operation:run', 'site:write', 'site:read'];

/** Makes accounts with plenty of credits and no limits, and so many clients that share them. */
export async function openClients(
  app: TestApp,
  clientsCount: number,
  seed: number,
): Promise<{ tenants: Tenant[]; clients: Client[] }> {
  const clients: Client[] = [];
  const tenants: Tenant[] = [];
  for (let count = 0; count < tenantsCount; count += 1) {
    const owner = await registerOwner(app);
    await app.database.query(
      `update subscription set plan_id = (select id from plan where slug = 'unthrottled'), status = 'active',
       period_end = now() + interval '20 days' where account_id = $1`,
      [owner.accountId],
    );
    app.api.authentication.accessCache.forget();
    await grantCredits(app.database, owner.accountId, 1_000_000);
    const tenant = { accountId: owner.accountId, bearer: await makeKey(app, owner, scopes) };
    tenants.push(tenant);
    for (let index = count; index < clientsCount; index += tenantsCount)
      clients.push(new Client(tenant, randomOf(seed + index + 1)));
  }
  return { tenants, clients };
}
