import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('a list', () => {
  it('returns every item once over its pages, newest first, while items are added', async () => {
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

  it('reads a cursor of another account as a position among its own items', async () => {
    const [one, other] = [await openWorld(app, 'One'), await openWorld(app, 'Other')];
    for (const name of ['A', 'B']) await post('/sites', { name }, other.owner);
    const { nextCursor } = (await list('/sites?limit=1', other.owner)).body;
    const answer = await list(`/sites?cursor=${nextCursor}`, one.owner);
    expect(answer.body.items.every((site: { name: string }) => site.name === 'One')).toBe(true);
  });

  it('of the journal shows in each entry how many credits were available after it', async () => {
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
