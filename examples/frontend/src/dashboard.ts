import { type AppRouter, createTenantryClient, problemOf } from '@tenantry/client';

type Client = ReturnType<typeof createTenantryClient>;
export type { AppRouter };

/** Signs a person in and answers a client that acts for them. */
export async function signIn(url: string, email: string, password: string): Promise<Client> {
  const session = await createTenantryClient({ url }).session.create.mutate({ email, password });
  const [account] = session.accounts;
  if (session.accessToken === undefined || account === undefined) throw new Error('no account to act in');
  return createTenantryClient({ url, credential: session.accessToken, accountId: account.id });
}

/** The lines of a small dashboard. The three queries are asked together and travel as one request. */
export async function dashboardLines(client: Client): Promise<string[]> {
  const [account, subscription, credits] = await Promise.all([
    client.account.get.query(),
    client.subscription.get.query(),
    client.credit.get.query(),
  ]);
  return [
    `${account.name} is on ${subscription.plan.name} (${subscription.standing.state}).`,
    `${credits.available} of ${credits.granted} credits are left.`,
  ];
}

/** Makes a site, or says in a sentence why the plan does not allow it. */
export async function addSite(client: Client, name: string): Promise<string> {
  try {
    const context = { idempotencyKey: crypto.randomUUID() };
    const site = await client.site.create.mutate({ name }, { context });
    return `Made ${site.name}.`;
  } catch (fault) {
    const problem = problemOf(fault);
    if (problem?.code !== 'plan_limit_reached') throw fault;
    return `The plan allows ${problem.limit} sites, and there are ${problem.used}.`;
  }
}
