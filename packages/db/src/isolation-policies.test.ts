import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from './account/entity.ts';
import { newId } from './ids.ts';
import { entities } from './orm.ts';
import { Site } from './site/entity.ts';
import type { CallInfo, AccountTransaction } from './transaction.ts';

const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
const [own, foreign] = [newId(), newId()];
const [ownSite, foreignSite] = [newId(), newId()];
let app: TestDatabase;

async function makeAccount(accountId: string, siteId: string): Promise<void> {
  await app.api.inAccount.write({ accountId }, callInfo, async ({ em, now }) => {
    const facts = { status: 'active', paymentMethod: 'stripe', system: false, sandbox: false } as const;
    await em.insert(Account, { id: accountId, name: 'An account', ...facts, createdAt: now, version: 1 });
    await em.insert(Site, { accountId, id: siteId, name: 'A site', createdAt: now, version: 1 });
  });
}

beforeAll(async () => {
  app = await openTestDatabase();
  await makeAccount(own, ownSite);
  await makeAccount(foreign, foreignSite);
});
afterAll(() => app.close());

const asOwn = <T>(work: (tx: AccountTransaction) => Promise<T>) =>
  app.api.inAccount.write({ accountId: own }, callInfo, work);
const foreignRow = () =>
  app.query('select name, account_id, version from site where id = $1 and account_id = $2', [
    foreignSite,
    foreign,
  ]);
const untouched = [{ name: 'A site', account_id: foreign, version: 1 }];

describe('an entity manager of one account', () => {
  it('sees no foreign row, whatever filter arguments a caller brings (A3)', async () => {
    const found = await asOwn(({ em }) => em.find(Site, {}, { filters: { tenant: { account: foreign } } }));
    expect(found).toEqual([]);
  });

  it('cannot update a foreign row through a reference, and says so (A5)', async () => {
    for (const accountId of [own, foreign]) {
      const attempt = asOwn(async ({ em }) => {
        const site = em.getReference(Site, [accountId, foreignSite]);
        em.assign(site, { name: 'taken', version: 1 });
        await em.flush();
        const changed = await em.nativeUpdate(Site, { id: foreignSite }, { name: 'taken' });
        expect(changed).toBe(0);
      });
      await attempt.catch(() => undefined);
      expect(await foreignRow()).toEqual(untouched);
    }
  });

  it('makes an update that row security swallowed an error, never a success', async () => {
    const stale = app.admin.inAccount.write({ accountId: foreign }, callInfo, ({ em }) =>
      em.findOneOrFail(Site, { id: foreignSite }),
    );
    const site = await stale;
    const attempt = asOwn(async ({ em }) => {
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
    expect(await foreignRow()).toEqual(untouched);
  });

  it('cannot delete a foreign row through a reference (A6)', async () => {
    const attempt = asOwn(async ({ em }) => {
      em.remove(em.getReference(Site, [foreign, foreignSite]));
      await em.flush();
    });
    await attempt.catch(() => undefined);
    expect(await foreignRow()).toEqual(untouched);
    expect(await asOwn(({ em }) => em.nativeDelete(Site, { id: foreignSite })).catch(() => 0)).toBe(0);
  });

  it('issues no update for client data with a foreign key (A7)', async () => {
    await asOwn(async ({ em, now }) => {
      em.merge(Site, { accountId: foreign, id: foreignSite, name: 'taken', createdAt: now, version: 1 });
      em.map(Site, { account_id: foreign, id: foreignSite, name: 'taken', created_at: now, version: 1 });
      await em.flush();
    });
    expect(await foreignRow()).toEqual(untouched);
  });

  it('cannot insert into another account (A8)', async () => {
    const row = { accountId: foreign, id: newId(), name: 'planted', createdAt: new Date(), version: 1 };
    await expect(asOwn(({ em }) => em.insert(Site, row))).rejects.toMatchObject({ code: '42501' });
    const created = asOwn(async ({ em }) => {
      em.create(Site, row);
      await em.flush();
    });
    await expect(created).rejects.toMatchObject({ code: '42501' });
    expect(await app.query("select 1 from site where name = 'planted'")).toEqual([]);
  });

  it('cannot take a foreign row by upsert (A9)', async () => {
    const theirs = { accountId: foreign, id: foreignSite, name: 'taken', createdAt: new Date(), version: 1 };
    await expect(asOwn(({ em }) => em.upsert(Site, theirs))).rejects.toMatchObject({ code: '42501' });
    await expect(asOwn(({ em }) => em.upsertMany(Site, [theirs]))).rejects.toMatchObject({ code: '42501' });
    expect(await foreignRow()).toEqual(untouched);
  });

  it('shares nothing with an entity manager that sees more (A10)', async () => {
    await app.admin.inAccount.write({ accountId: foreign }, callInfo, async ({ em }) => {
      expect(await em.findOne(Site, { id: foreignSite })).not.toBeNull();
      expect(await asOwn((tx) => tx.em.findOne(Site, { id: foreignSite }))).toBeNull();
    });
  });

  it('counts own rows only, in every way to count (A14)', async () => {
    await asOwn(async ({ em }) => {
      expect(await em.count(Site, {})).toBe(1);
      expect((await em.findAndCount(Site, {}))[1]).toBe(1);
      const cursor = await em.findByCursor(Site, { first: 10, orderBy: { id: 'desc' }, where: {} });
      expect(cursor.totalCount).toBe(1);
      expect(await em.count(Site, {}, { filters: false })).toBe(1);
    });
  });

  it('has no relation to populate, so no populate can cross accounts (A15)', async () => {
    const known = await asOwn(async ({ em }) => [...em.getMetadata().getAll().values()]);
    expect(known.length).toBeGreaterThanOrEqual(entities.length);
    expect(known.flatMap((entity) => entity.relations.map((relation) => relation.name))).toEqual([]);
  });
});

describe('the pool', () => {
  it('never lets one transaction see the account of another (B6)', async () => {
    const wrong: string[] = [];
    const look = async (index: number): Promise<void> => {
      const [accountId, siteId] = index % 2 === 0 ? [own, ownSite] : [foreign, foreignSite];
      await app.api.inAccount.write({ accountId }, callInfo, async ({ em }) => {
        await em.execute('select pg_sleep(?)', [(index % 5) / 1000]);
        const rows: { id: string }[] = await em.execute('select id from site');
        if (rows.length !== 1 || rows[0]?.id !== siteId) wrong.push(`${index}: ${JSON.stringify(rows)}`);
        if (index % 20 === 0) throw new Error('cut');
      });
    };
    const done = await Promise.allSettled(Array.from({ length: 600 }, (_, index) => look(index)));
    expect(wrong).toEqual([]);
    expect(done.filter((one) => one.status === 'rejected')).toHaveLength(30);
  });

  it.each(['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const)(
    'bounds statements, locks and idle transactions of %s (B18)',
    async (role) => {
      const client = new pg.Client({ connectionString: app.url(role) });
      await client.connect();
      for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
        const { rows } = await client.query<{ bound: string }>('select current_setting($1) as bound', [name]);
        expect(rows[0]?.bound, name).toMatch(/^[1-9]\d*s$/);
      }
      await client.end();
    },
  );
});

describe('the catalogue', () => {
  it('deletes nothing by cascade (B9)', async () => {
    const foreignKeys = await app.query(
      "select conname, confdeltype, confupdtype from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace",
    );
    expect(foreignKeys.length).toBeGreaterThan(25);
    expect(foreignKeys.filter((key) => key['confdeltype'] !== 'a' || key['confupdtype'] !== 'a')).toEqual([]);
  });

  it('has no view and no function with lent rights (B11, B12)', async () => {
    const views = await app.query("select viewname from pg_views where schemaname = 'public'");
    const lent = await app.query(
      "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef",
    );
    expect([...views, ...lent]).toEqual([]);
  });

  it('lets only a reference that may be absent be null (B16)', async () => {
    const nullable = await app.query(`select c.relname || '.' || a.attname as name from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not a.attnotnull order by 1`);
    expect(nullable.map((column) => column['name'])).toEqual([
      'api_key.site_id',
      'credit_hold.key_id',
      'credit_hold.operation',
      'credit_hold.site_id',
      'credit_limit.key_id',
      'credit_limit.site_id',
      'ledger_entry.grant_id',
      'ledger_entry.hold_id',
      'ledger_entry.reverses_id',
      'staff.user_id',
    ]);
  });

  it('counts nothing that all tenants share: no sequence, no serial id (B17)', async () => {
    const sequences = await app.query(
      "select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
    );
    expect(sequences.map((sequence) => sequence['relname'])).toEqual(['mikro_orm_migrations_id_seq']);
  });
});
