import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../app.ts';
import { type Owner, makeKey, registerOwner } from '../users.ts';
import { verdictOf } from '../procedures.ts';
import { openWorld } from '../fixture.ts';

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

  it('hold for sectors of a site and for keys', async () => {
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

  it('count what is there: a deleted site and a revoked key make room', async () => {
    const owner = await registerOwner(app);
    const site = await post('/sites', { name: 'A site', domain: 'a.example' }, owner);
    expect((await app.rest('DELETE', `/v1/sites/${site.body.id}`, { bearer: owner.token })).status).toBe(204);
    expect(verdictOf(await list(`/sites/${site.body.id}`, owner))).toBe('404 not_found');
    expect(verdictOf(await post('/sites', { name: 'A site', domain: 'a.example' }, owner))).toBe('ok');
  });

  it('let a domain stand once in an account, and in another again', async () => {
    const [world, other] = [await openWorld(app, 'One'), await registerOwner(app)];
    const outcomes = await runConcurrently(5, 5, async (index) =>
      verdictOf(await post('/sites', { name: `Site ${index}`, domain: 'same.example' }, world.owner)),
    );
    expect(outcomes).toEqual({ ok: 1, '409 domain_taken': 4 });
    expect(verdictOf(await post('/sites', { name: 'Theirs', domain: 'same.example' }, other))).toBe('ok');
  });
});

describe('a key that is bound to a site', () => {
  it('sees and touches that site alone; the others do not exist (F6)', async () => {
    const { owner, ids } = await openWorld(app, 'One');
    const second = await post('/sites', { name: 'Second' }, owner);
    const key = await makeKey(app, owner, ['site:read', 'site:write'], { siteId: ids.siteId });
    const as = (method: string, path: string, body?: unknown) =>
      app.rest(method, `/v1${path}`, { bearer: key, body });
    expect((await as('GET', '/sites')).body.items.map((site: { id: string }) => site.id)).toEqual([
      ids.siteId,
    ]);
    expect(verdictOf(await as('GET', `/sites/${second.body.id}`))).toBe('404 not_found');
    expect(verdictOf(await as('PATCH', `/sites/${second.body.id}`, { name: 'x' }))).toBe('404 not_found');
    expect(verdictOf(await as('GET', `/sites/${second.body.id}/sectors`))).toBe('404 not_found');
    expect(verdictOf(await as('PATCH', `/sites/${ids.siteId}`, { name: 'Renamed' }))).toBe('ok');
    expect(verdictOf(await as('POST', '/api-keys', { name: 'x', scopes: ['site:read'] }))).toBe(
      '403 scope_missing',
    );
  });
});

describe('a list', () => {
  it('gives every item once, newest first, over its pages, while others are added', async () => {
    const { owner } = await openWorld(app, 'One');
    for (let index = 0; index < 7; index += 1) await post('/sites', { name: `Site ${index}` }, owner);
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 10; page += 1) {
      const answer = await list(`/sites?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`, owner);
      seen.push(...answer.body.items.map((site: { name: string }) => site.name));
      cursor = answer.body.nextCursor;
      if (page === 0) await post('/sites', { name: 'Late' }, owner);
    }
    expect(seen).toEqual(['Site 6', 'Site 5', 'Site 4', 'Site 3', 'Site 2', 'Site 1', 'Site 0', 'One']);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=NaN',
    'limit=1e1',
    'limit=10;drop',
    'limit=1&limit=2',
    'cursor=zzz',
    'sort=name',
    'limit=',
  ])('refuses ?%s (C3, C4, C8, D8)', async (query) => {
    const owner = await registerOwner(app);
    expect(verdictOf(await list(`/sites?${query}`, owner))).toBe('400 invalid_input');
  });

  it('takes a cursor of another account for a place in its own', async () => {
    const [one, other] = [await openWorld(app, 'One'), await openWorld(app, 'Other')];
    for (const name of ['A', 'B']) await post('/sites', { name }, other.owner);
    const { nextCursor } = (await list('/sites?limit=1', other.owner)).body;
    const answer = await list(`/sites?cursor=${nextCursor}`, one.owner);
    expect(answer.body.items.every((site: { name: string }) => site.name === 'One')).toBe(true);
  });

  it('is the journal, in which every entry says what it left', async () => {
    const owner = await registerOwner(app);
    const hold = await post('/credits/holds', { amount: 40 }, owner);
    await post(`/credits/holds/${hold.body.id}/settle`, { amount: 15 }, owner);
    const { items } = (await list('/credits/entries', owner)).body;
    expect(
      items.map((entry: Record<string, unknown>) => [
        entry['sequence'],
        entry['from'],
        entry['to'],
        entry['amount'],
        entry['availableAfter'],
      ]),
    ).toEqual([
      [4, 'held', 'available', 25, 985],
      [3, 'held', 'spent', 15, 960],
      [2, 'available', 'held', 40, 960],
      [1, 'granted', 'available', 1000, 1000],
    ]);
  });
});
