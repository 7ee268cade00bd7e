import { expect } from 'vitest';
import type { TestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, makeKey } from '../../users.ts';

/** Asks for usage with a credential; the query begins with `?`, or is empty. */
export const readUsage = (app: TestApp, bearer: string, query = ''): Promise<Answer> =>
  app.rest('GET', `/v1/usage${query}`, { bearer });

/** The groups of the first page of usage. */
export const usageItems = async (app: TestApp, bearer: string, query = '') =>
  (await readUsage(app, bearer, query)).body.items;

/** Holds credits with a credential and settles the hold at an amount; answers the id of the hold. */
export async function spend(
  app: TestApp,
  bearer: string,
  amount: number,
  held: Record<string, unknown> = {},
): Promise<string> {
  const what = 'operation' in held ? { units: 20_000 } : { amount: 100 };
  const hold = await app.rest('POST', '/v1/credits/holds', { body: { ...what, ...held }, bearer });
  const path = `/v1/credits/holds/${hold.body.id}/settle`;
  expect(verdictOf(await app.rest('POST', path, { body: { amount }, bearer }))).toBe('ok');
  return hold.body.id;
}

/** Creates a site; answers its id. */
export async function createSite(app: TestApp, { token }: Owner, name: string): Promise<string> {
  const made = await app.rest('POST', '/v1/sites', { body: { name }, bearer: token });
  expect(verdictOf(made)).toBe('ok');
  return made.body.id;
}

/** Creates an API key that may spend and read credits; answers its id and its secret. */
export async function spendingKey(
  app: TestApp,
  owner: Owner,
  more = {},
): Promise<{ id: string; secret: string }> {
  const secret = await makeKey(app, owner, ['credit:spend', 'credit:read'], more);
  const { items: keys } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
  return { id: keys[0].id, secret };
}
