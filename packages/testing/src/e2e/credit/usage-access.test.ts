import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addMembership } from '../../memberships.ts';
import { unthrottle } from '../../plan.ts';
import { makeKey, registerOwner } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';
import { createSite, readUsage, spend, spendingKey, usageItems } from './usage.fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('access to usage', () => {
  it('shows nothing of another account, and answers a foreign site or key as one that does not exist', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const siteId = await createSite(app, other, 'Blog');
    const key = await spendingKey(app, other);
    await spend(app, key.secret, 7, { siteId });
    for (const by of ['day', 'operation', 'site', 'key'])
      expect(await usageItems(app, owner.token, `?by=${by}`)).toEqual([]);
    for (const [name, theirs] of [
      ['siteId', siteId],
      ['keyId', key.id],
    ] as const) {
      const [foreign, random] = await Promise.all([
        readUsage(app, owner.token, `?${name}=${theirs}`),
        readUsage(app, owner.token, `?${name}=${newId()}`),
      ]);
      expect(verdictOf(foreign)).toBe('404 not_found');
      expect(sameBytes(foreign)).toBe(sameBytes(random));
    }
    expect(verdictOf(await readUsage(app, owner.token, '?operation=nothing'))).toBe('404 not_found');
  });

  it('shows a member or a key that is limited to sites only those sites, with matching sums', async () => {
    const owner = await registerOwner(app);
    const siteId = await createSite(app, owner, 'Blog');
    await unthrottle(app, owner.accountId);
    const hidden = await createSite(app, owner, 'Hidden');
    await spend(app, owner.token, 5);
    await spend(app, owner.token, 7, { siteId });
    await spend(app, owner.token, 11, { siteId: hidden });
    const viewer = await registerOwner(app);
    const { accountId } = owner;
    await addMembership(app.database, {
      accountId,
      userId: viewer.userId,
      role: 'viewer',
      siteIds: [siteId],
    });
    const key = await spendingKey(app, owner, { siteId });
    const ways = [
      { authorization: `Bearer ${viewer.token}`, 'tenantry-account': owner.accountId },
      { authorization: `Bearer ${key.secret}` },
    ];
    for (const headers of ways) {
      const ask = (query: string) => app.rest('GET', `/v1/usage${query}`, { headers });
      expect((await ask('?by=site')).body.items).toMatchObject([{ group: siteId, spent: 7 }]);
      expect((await ask('?by=day')).body.items).toMatchObject([{ spent: 7, charges: 1 }]);
      const [forbidden, random] = [await ask(`?siteId=${hidden}`), await ask(`?siteId=${newId()}`)];
      expect(verdictOf(forbidden)).toBe('404 not_found');
      expect(sameBytes(forbidden)).toBe(sameBytes(random));
    }
  });

  it.each([
    ['an empty range', '?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['a range that runs backwards', '?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['more than 400 days', '?from=2025-01-01T00:00:00Z&to=2026-02-06T00:00:00Z'],
    ['the whole of time', '?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z'],
    ['a day without a time', '?from=2026-01-01'],
    ['an unknown grouping', '?by=member'],
    ['a key id that is no id', '?keyId=one'],
    ['a malformed cursor', '?cursor=abc'],
    ['a limit above that of a page', '?limit=101'],
  ])('is refused with %s', async (_what, query) => {
    const owner = await registerOwner(app);
    expect(verdictOf(await readUsage(app, owner.token, query))).toBe('400 invalid_input');
  });

  it('needs a credential with the scope', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend']);
    expect(verdictOf(await readUsage(app, key))).toBe('403 scope_missing');
    expect(verdictOf(await app.rest('GET', '/v1/usage'))).toBe('401 unauthenticated');
  });

  it('shows nothing spent at the first and the last dates', async () => {
    const owner = await registerOwner(app);
    for (const query of [
      '?from=0001-01-01T00:00:00Z&to=0001-02-01T00:00:00Z',
      '?from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59Z',
    ])
      expect(await usageItems(app, owner.token, query)).toEqual([]);
  });
});
