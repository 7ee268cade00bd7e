import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, makeKey, openTestHouse, registerOwner } from './house.fixture.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe('the main job', () => {
  it('registers, makes a site and a key, runs, and bills what was used', async () => {
    const owner = await registerOwner(house);
    const site = await house.rest('POST', '/v1/sites', { body: { name: 'Blog' }, bearer: owner.token });
    expect(site.status).toBe(201);
    const key = await makeKey(house, owner, ['operation:run', 'credit:read', 'site:read']);
    const before = await house.rest('GET', '/v1/credits', { bearer: key });
    expect(before.body).toMatchObject({ granted: 1000, available: 1000, held: 0, spent: 0 });
    const run = await house.rest('POST', '/v1/operations/write_content/runs', {
      body: { prompt: 'Write one sentence about tea.', siteId: site.body.id },
      bearer: key,
    });
    expect(run.status, JSON.stringify(run.body)).toBe(200);
    expect(run.body.usage.source).toBe('reported');
    const { charged } = run.body.credits;
    expect(charged).toBeGreaterThan(0);
    const after = await house.rest('GET', '/v1/credits', { bearer: key });
    expect(after.body).toMatchObject({ granted: 1000, available: 1000 - charged, held: 0, spent: charged });
  });
});
