import { type TwoAccounts, openTwoAccounts, testCall } from '@tenantry/testing/two-accounts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { Site } from './site/entity.ts';

let two: TwoAccounts;
let own: string;
let foreign: string;
let ownSite: string;
let foreignSite: string;
beforeAll(async () => {
  two = await openTwoAccounts();
  ({ accountId: own, siteId: ownSite } = two.own);
  ({ accountId: foreign, siteId: foreignSite } = two.foreign);
});
afterAll(() => two.close());

/** Runs SQL as the API's role in an account of the test's choosing: row security and keys without the ORM. */
async function asApi(accountId: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: two.database.url('tenantry_api') });
  await client.connect();
  try {
    await client.query("select set_config('app.account', $1, false)", [accountId]);
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}

describe('the filter', () => {
  it('shows an account its own rows and no others', async () => {
    const sites = await two.database.api.inAccount.write({ accountId: own }, testCall, ({ em }) =>
      em.find(Site, {}),
    );
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it('throws without an account (A1)', async () => {
    await expect(two.database.api.withoutAccount.read({}, ({ em }) => em.find(Site, {}))).rejects.toThrow();
  });

  it('refuses an account id that is not a UUID before any SQL (A4)', async () => {
    await expect(
      two.database.api.inAccount.write({ accountId: '$ne' }, testCall, ({ em }) => em.find(Site, {})),
    ).rejects.toThrow('needs an account');
  });

  it('holds alone, where row security lets every row through', async () => {
    const sites = await two.database.admin.inAccount.write({ accountId: own }, testCall, ({ em }) =>
      em.find(Site, {}),
    );
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it('cannot be escaped by a clause of the caller (A16)', async () => {
    const where = { $or: [{ accountId: foreign }, { id: foreignSite }] };
    expect(
      await two.database.admin.inAccount.write({ accountId: own }, testCall, ({ em }) =>
        em.find(Site, where),
      ),
    ).toEqual([]);
  });
});

describe('row security, with the filter removed', () => {
  it('shows own rows only, though the filter is off (A2)', async () => {
    const sites = await two.database.api.inAccount.write({ accountId: own }, testCall, ({ em }) =>
      em.find(Site, {}, { filters: false }),
    );
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it.each(['no account', 'an account'])(
    'shows no foreign row with the context %j (B4, B5)',
    async (context) => {
      const { rows } = await asApi(context === 'an account' ? own : '', 'select id from site where id = $1', [
        foreignSite,
      ]);
      expect(rows).toEqual([]);
    },
  );

  it('refuses to insert into, move to, or empty another account (A8, B13, B14)', async () => {
    const insert = 'insert into site (account_id, id, name, created_at) values ($1, $2, $3, now())';
    await expect(asApi(own, insert, [foreign, newId(), 'x'])).rejects.toMatchObject({ code: '42501' });
    await expect(asApi(own, 'update site set account_id = $1', [foreign])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(asApi(own, 'truncate site cascade')).rejects.toMatchObject({ code: '42501' });
  });

  it('changes and deletes no foreign row', async () => {
    expect((await asApi(own, 'update site set name = $1 where id = $2', ['x', foreignSite])).rowCount).toBe(
      0,
    );
    const sector = newId();
    await two.database.query(
      'insert into sector (account_id, id, site_id, name, created_at) values ($1, $2, $3, $4, now())',
      [foreign, sector, foreignSite, 'Theirs'],
    );
    expect((await asApi(own, 'delete from sector where id = $1', [sector])).rowCount).toBe(0);
    expect(await two.database.query('select 1 from sector where id = $1', [sector])).toHaveLength(1);
  });
});

describe('composite keys, with the filter and row security removed', () => {
  it('refuse a child of another account (B8)', async () => {
    const insert =
      'insert into sector (account_id, id, site_id, name, created_at) values ($1, $2, $3, $4, now())';
    await expect(two.database.query(insert, [own, newId(), foreignSite, 'x'])).rejects.toMatchObject({
      code: '23503',
    });
    await two.database.query(insert, [own, newId(), ownSite, 'x']);
  });
});
