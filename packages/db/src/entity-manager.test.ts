import { type TwoAccounts, openTwoAccounts, testCall } from '@tenantry/testing/two-accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { entities } from './orm.ts';
import { Site } from './site/entity.ts';

let two: TwoAccounts;
let own: string;
let foreign: string;
let foreignSite: string;
beforeAll(async () => {
  two = await openTwoAccounts();
  own = two.own.accountId;
  ({ accountId: foreign, siteId: foreignSite } = two.foreign);
});
afterAll(() => two.close());

const foreignRow = () =>
  two.database.query('select name, account_id, version from site where id = $1 and account_id = $2', [
    foreignSite,
    foreign,
  ]);
const untouched = () => [{ name: 'A site', account_id: foreign, version: 1 }];

describe('an entity manager of one account', () => {
  it('sees no foreign row, whatever filter arguments a caller brings (A3)', async () => {
    const found = await two.asOwn(({ em }) =>
      em.find(Site, {}, { filters: { tenant: { account: foreign } } }),
    );
    expect(found).toEqual([]);
  });

  it('cannot update a foreign row through a reference, and says so (A5)', async () => {
    for (const accountId of [own, foreign]) {
      const attempt = two.asOwn(async ({ em }) => {
        const site = em.getReference(Site, [accountId, foreignSite]);
        em.assign(site, { name: 'taken', version: 1 });
        await em.flush();
        const changed = await em.nativeUpdate(Site, { id: foreignSite }, { name: 'taken' });
        expect(changed).toBe(0);
      });
      await attempt.catch(() => undefined);
      expect(await foreignRow()).toEqual(untouched());
    }
  });

  it('makes an update that row security swallowed an error, never a success', async () => {
    const stale = two.database.admin.inAccount.write({ accountId: foreign }, testCall, ({ em }) =>
      em.findOneOrFail(Site, { id: foreignSite }),
    );
    const site = await stale;
    const attempt = two.asOwn(async ({ em }) => {
      const copy = em.merge(Site, {
        accountId: site.accountId,
        id: site.id,
        name: site.name,
        createdAt: site.createdAt,
        version: site.version,
      });
      copy.name = 'taken';
      await em.flush();
    });
    await expect(attempt).rejects.toThrow(/optimistic lock/);
    expect(await foreignRow()).toEqual(untouched());
  });

  it('cannot delete a foreign row through a reference (A6)', async () => {
    const attempt = two.asOwn(async ({ em }) => {
      em.remove(em.getReference(Site, [foreign, foreignSite]));
      await em.flush();
    });
    await attempt.catch(() => undefined);
    expect(await foreignRow()).toEqual(untouched());
    expect(await two.asOwn(({ em }) => em.nativeDelete(Site, { id: foreignSite })).catch(() => 0)).toBe(0);
  });

  it('issues no update for client data with a foreign key (A7)', async () => {
    await two.asOwn(async ({ em, now }) => {
      em.merge(Site, { accountId: foreign, id: foreignSite, name: 'taken', createdAt: now, version: 1 });
      em.map(Site, { account_id: foreign, id: foreignSite, name: 'taken', created_at: now, version: 1 });
      await em.flush();
    });
    expect(await foreignRow()).toEqual(untouched());
  });

  it('cannot insert into another account (A8)', async () => {
    const row = { accountId: foreign, id: newId(), name: 'planted', createdAt: new Date(), version: 1 };
    await expect(two.asOwn(({ em }) => em.insert(Site, row))).rejects.toMatchObject({ code: '42501' });
    const created = two.asOwn(async ({ em }) => {
      em.create(Site, row);
      await em.flush();
    });
    await expect(created).rejects.toMatchObject({ code: '42501' });
    expect(await two.database.query("select 1 from site where name = 'planted'")).toEqual([]);
  });

  it('cannot take a foreign row by upsert (A9)', async () => {
    const theirs = { accountId: foreign, id: foreignSite, name: 'taken', createdAt: new Date(), version: 1 };
    await expect(two.asOwn(({ em }) => em.upsert(Site, theirs))).rejects.toMatchObject({ code: '42501' });
    await expect(two.asOwn(({ em }) => em.upsertMany(Site, [theirs]))).rejects.toMatchObject({
      code: '42501',
    });
    expect(await foreignRow()).toEqual(untouched());
  });

  it('shares nothing with an entity manager that sees more (A10)', async () => {
    await two.database.admin.inAccount.write({ accountId: foreign }, testCall, async ({ em }) => {
      expect(await em.findOne(Site, { id: foreignSite })).not.toBeNull();
      expect(await two.asOwn((tx) => tx.em.findOne(Site, { id: foreignSite }))).toBeNull();
    });
  });

  it('counts own rows only, in every way to count (A14)', async () => {
    await two.asOwn(async ({ em }) => {
      expect(await em.count(Site, {})).toBe(1);
      expect((await em.findAndCount(Site, {}))[1]).toBe(1);
      const cursor = await em.findByCursor(Site, { first: 10, orderBy: { id: 'desc' }, where: {} });
      expect(cursor.totalCount).toBe(1);
      expect(await em.count(Site, {}, { filters: false })).toBe(1);
    });
  });

  it('has no relation to populate, so no populate can cross accounts (A15)', async () => {
    const known = await two.asOwn(async ({ em }) => [...em.getMetadata().getAll().values()]);
    expect(known.length).toBeGreaterThanOrEqual(entities.length);
    expect(known.flatMap((entity) => entity.relations.map((relation) => relation.name))).toEqual([]);
  });
});
