import { createTenantryClient, problemOf } from '@tenantry/client';

type Client = ReturnType<typeof createTenantryClient>;

/** Signs a person in. Answers a client that acts for this person in their first account. */
export async function signIn(url: string, email: string, password: string): Promise<Client> {
  const session = await createTenantryClient({ url }).session.create.mutate({ email, password });
  const [account] = session.accounts;
  if (session.accessToken === undefined || account === undefined)
    throw new Error('This person has no account.');
  return createTenantryClient({ url, credential: session.accessToken, accountId: account.id });
}

/** The lines of a small dashboard. The client sends the three queries as one request. */
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

/** Creates a site. Answers a sentence about the new site, or about the plan's limit. */
export async function addSite(client: Client, name: string): Promise<string> {
  try {
    const context = { idempotencyKey: crypto.randomUUID() };
    const site = await client.site.create.mutate({ name }, { context });
    return `Created ${site.name}.`;
  } catch (fault) {
    const problem = problemOf(fault);
    if (problem?.code !== 'plan_limit_reached') throw fault;
    return `The plan's site limit is ${problem.limit}, and the account has ${problem.used}.`;
  }
}
