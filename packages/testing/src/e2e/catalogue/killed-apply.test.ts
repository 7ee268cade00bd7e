import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCatalogueFile } from '@tenantry/catalogue/file';
import { newId } from '@tenantry/db/ids';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, openTestDatabase } from '../../database.ts';
import { type Ran, runTenantry } from '../../tenantry.ts';

let database: TestDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  file = join(folder, 'changed.yaml');
  await writeFile(file, await changedFile());
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

/** The demo's file with a change in every part of it. */
async function changedFile(): Promise<string> {
  const changes: [string, string][] = [
    ['catalogue: 1 #', 'features: { exports: Files }\nlimits: { projects: Projects }\ncatalogue: 1 #'],
    ['amount: 8900', 'amount: 9900'],
    ['unit: item, rate: 2', 'unit: item, rate: 3'],
    ['amount: 3500', 'amount: 3600'],
    ['10000 Example City', '20000 Example City'],
  ];
  const demo = await readFile(demoCatalogueFile, 'utf8');
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the demo has no ${from}`);
    return text.replace(from, to);
  }, demo);
}

const tenantry = (words: string, failpoint?: string): Promise<Ran> =>
  runTenantry(words.split(' '), {
    MODE: 'demo',
    MIGRATION_DATABASE_URL: database.url('tenantry_owner'),
    ...(failpoint === undefined ? {} : { FAILPOINT: failpoint }),
  });

const tables = [
  'plan',
  'operation',
  'operation_price',
  'own_feature',
  'own_limit',
  'credit_package',
  'issuer',
  'payee',
  'subscription',
  'subscription_period',
  'security_event',
];
/** Everything that an apply may write. */
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      tables.map((table) => database.query(`select to_jsonb(t) as row from ${table} t order by 1`)),
    ),
  );

/** An account on the plan that the file changes, which `--move now` moves. */
async function subscribe(): Promise<void> {
  const accountId = newId();
  await database.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [
    accountId,
  ]);
  await database.query(
    `insert into subscription (account_id, id, plan_id, status, period_start, period_end, anchor_at)
     values ($1, $1, (select id from plan where slug = 'growth'), 'active', now(), now() + interval '20 days', now())`,
    [accountId],
  );
}
const versionsOfSubscriptions = async () =>
  (
    await database.query(
      'select plan_version from subscription join plan on plan.id = plan_id order by plan_version',
    )
  ).map((row) => row['plan_version']);

describe('an apply that is killed', () => {
  it.each([
    'catalogue_locked:1',
    ...[1, 3, 4, 6].map((nth) => `catalogue_part:${nth}`),
    'catalogue_moved:1',
    'catalogue_recorded:1',
  ])(
    'at %s leaves everything as it was, and the next one succeeds',
    async (point) => {
      await subscribe();
      const before = await everything();
      expect(await tenantry(`catalogue apply ${file} --move now`, `${point}:kill`)).toMatchObject({
        code: 'SIGKILL',
      });
      expect(await everything()).toBe(before);
      expect(await tenantry(`catalogue apply ${file} --move now`)).toEqual({
        code: 0,
        text: expect.stringContaining('6 changed.'),
      });
      expect(await versionsOfSubscriptions()).toEqual([2]);
      expect(await tenantry(`catalogue apply ${file}`)).toEqual({
        code: 0,
        text: expect.stringContaining('Nothing to change.'),
      });
    },
    60_000,
  );

  it('after its commit has changed all of it, and the next one finds nothing to change', async () => {
    await tenantry(`catalogue apply ${file}`, 'catalogue_committed:1:kill');
    const after = await everything();
    expect(await tenantry(`catalogue apply ${file}`)).toEqual({
      code: 0,
      text: expect.stringContaining('Nothing to change.'),
    });
    expect(await everything()).toBe(after);
    expect(after).toContain('20000 Example City');
  }, 60_000);

  it('that fails in the middle instead says so and leaves everything as it was', async () => {
    const before = await everything();
    const { code, text } = await tenantry(`catalogue apply ${file}`, 'catalogue_part:4:throw');
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('catalogue_part') });
    expect(await everything()).toBe(before);
  }, 60_000);
});

describe('two applies at one time', () => {
  it('follow each other: the second changes what the first has left', async () => {
    const other = join(folder, 'other.yaml');
    await writeFile(other, (await readFile(file, 'utf8')).replace('amount: 9900', 'amount: 7700'));
    const [slow, quick] = await Promise.all([
      tenantry(`catalogue apply ${file}`, 'catalogue_part:3:sleep'),
      tenantry(`catalogue apply ${other}`),
    ]);
    expect([slow.code, quick.code]).toEqual([0, 0]);
    const sold = await database.query(
      "select plan_version, price_amount::int from plan where slug = 'growth' and state = 'listed'",
    );
    expect(sold).toEqual([{ plan_version: 3, price_amount: expect.any(Number) }]);
    const events = await database.query(
      "select facts from security_event where action = 'catalogue.apply' order by id",
    );
    expect(new Set(events.slice(-2).map(({ facts }) => Object(facts).count))).toEqual(new Set(['1', '6']));
  }, 60_000);

  it('are refused with a clear line when one waits too long', async () => {
    const before = await everything();
    const holder = new pg.Client({ connectionString: database.url('tenantry_owner') });
    await holder.connect();
    await holder.query("select pg_advisory_lock(hashtext('tenantry_catalogue'))");
    const { code, text } = await tenantry(`catalogue apply ${file}`);
    await holder.end();
    expect({ code, text }).toEqual({
      code: 1,
      text: '✗ Another apply runs, or a long change of an account that this would move. Run the same command again when it is done.\nNothing was changed.',
    });
    expect(await everything()).toBe(before);
  }, 60_000);
});

describe('the failpoint of an apply', () => {
  it('is refused in production', async () => {
    const settings = {
      MIGRATION_DATABASE_URL: database.url('tenantry_owner'),
      FAILPOINT: 'catalogue_locked:1:kill',
    };
    const { code, text } = await runTenantry(['catalogue', 'apply', file], settings);
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('FAILPOINT is for demos') });
  }, 60_000);
});
