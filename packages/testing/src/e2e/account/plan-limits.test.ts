import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';
import { openWorld } from '../../fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, { token }: Owner) =>
  app.rest('POST', `/v1${path}`, { body, bearer: token });
const list = (path: string, { token }: Owner) => app.rest('GET', `/v1${path}`, { bearer: token });

describe('the limits of a plan', () => {
  it('hold when twenty sites are made at once: the trial has one', async () => {
    const owner = await registerOwner(app);
    const outcomes = await runConcurrently(20, 20, async (index) =>
      verdictOf(await post('/sites', { name: `Site ${index}` }, owner)),
    );
    expect(outcomes).toEqual({ ok: 1, '402 plan_limit_reached': 19 });
    const refused = await post('/sites', { name: 'One more' }, owner);
    expect(refused.body).toMatchObject({ limit: 1, used: 1 });
    expect((await list('/sites', owner)).body.items).toHaveLength(1);
  });

  it('hold for the sectors of a site and for API keys', async () => {
    const owner = await registerOwner(app);
    const site = await post('/sites', { name: 'A site' }, owner);
    const sectors = await runConcurrently(8, 8, async (index) =>
      verdictOf(await post(`/sites/${site.body.id}/sectors`, { name: `Sector ${index}` }, owner)),
    );
    expect(sectors).toEqual({ ok: 3, '402 plan_limit_reached': 5 });
    const keys = await runConcurrently(6, 6, async () =>
      verdictOf(await post('/api-keys', { name: 'A key', scopes: ['site:read'] }, owner)),
    );
    expect(keys).toEqual({ ok: 2, '402 plan_limit_reached': 4 });
  });

  it('count what exists: a deleted site and a revoked key no longer count', async () => {
    const owner = await registerOwner(app);
    const site = await post('/sites', { name: 'A site', domain: 'a.example' }, owner);
    expect((await app.rest('DELETE', `/v1/sites/${site.body.id}`, { bearer: owner.token })).status).toBe(204);
    expect(verdictOf(await list(`/sites/${site.body.id}`, owner))).toBe('404 not_found');
    expect(verdictOf(await post('/sites', { name: 'A site', domain: 'a.example' }, owner))).toBe('ok');
    const createKey = () => post('/api-keys', { name: 'A key', scopes: ['site:read'] }, owner);
    const [key] = [await createKey(), await createKey()];
    expect(verdictOf(await createKey())).toBe('402 plan_limit_reached');
    expect((await app.rest('DELETE', `/v1/api-keys/${key.body.id}`, { bearer: owner.token })).status).toBe(
      204,
    );
    expect(verdictOf(await createKey())).toBe('ok');
  });

  it('allow a domain once in an account, and again in another account', async () => {
    const [world, other] = [await openWorld(app, 'One'), await registerOwner(app)];
    const outcomes = await runConcurrently(5, 5, async (index) =>
      verdictOf(await post('/sites', { name: `Site ${index}`, domain: 'same.example' }, world.owner)),
    );
    expect(outcomes).toEqual({ ok: 1, '409 domain_taken': 4 });
    expect(verdictOf(await post('/sites', { name: 'Theirs', domain: 'same.example' }, other))).toBe('ok');
  });
});
