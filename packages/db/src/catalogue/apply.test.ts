import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { findSellablePlan, listPlans } from '../plan/queries.ts';
import type { CallInfo } from '../transaction.ts';
import {
  type Applied,
  type Move,
  applyCatalogue,
  applyToEmpty,
  planCatalogue,
  storedCatalogue,
  withCatalogue,
} from './apply.ts';

const now = new Date('2026-03-01T00:00:00Z');
const call: CallInfo = { actor: { kind: 'system', job: 'cli' }, requestId: 'test', now };
const demo = readDemoCatalogue();

let app: TestDatabase;
beforeEach(async () => {
  app = await openTestDatabase();
});
afterEach(() => app.close());

const ownerUrl = () => app.url('tenantry_owner');
const apply = (wanted: Catalogue, move?: Move): Promise<Applied> =>
  withCatalogue(ownerUrl(), (database) => applyCatalogue(database, wanted, call, { move }));
const plan = (wanted: Catalogue) =>
  withCatalogue(ownerUrl(), (database) => planCatalogue(database, wanted, now));
const planOf = (slug: string): CataloguePlan => {
  const found = demo.plans[slug];
  if (found === undefined) throw new Error(`the demo has no plan ${slug}`);
  return found;
};
const withGrowth = (change: Partial<CataloguePlan>, slug = 'growth'): Catalogue => ({
  ...demo,
  plans: { ...demo.plans, [slug]: { ...planOf(slug), ...change } },
});
const versions = (slug = 'growth') =>
  app.query(
    'select plan_version, state, included_credits::int as credits from plan where slug = $1 order by 1',
    [slug],
  );
const events = () =>
  app.query("select facts from security_event where action = 'catalogue.apply' order by id");
/** Everything that a catalogue can change, as text. */
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      [
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
      ].map((table) => app.query(`select to_jsonb(t) as row from ${table} t order by 1`)),
    ),
  );

/** An account that has paid for the newest version of a plan, with the period that runs and the next. */
async function subscribe(slug: string): Promise<string> {
  const accountId = newId();
  const [newest] = await app.query('select id from plan where slug = $1 order by plan_version desc limit 1', [
    slug,
  ]);
  await app.query("insert into account (id, name, created_at) values ($1, 'An account', $2)", [
    accountId,
    now,
  ]);
  await app.query(
    `insert into subscription (account_id, id, plan_id, status, period_start, period_end, anchor_at)
     values ($1, $2, $3, 'active', $4::timestamptz - interval '10 days', $4::timestamptz + interval '20 days', $4::timestamptz - interval '10 days')`,
    [accountId, newId(), newest?.['id'], now],
  );
  for (const start of ['-10 days', '20 days'])
    await app.query(
      `insert into subscription_period (account_id, id, plan_id, anchor_at, starts_at, ends_at, months, created_at)
       values ($1, $2, $3, $4::timestamptz - interval '10 days', $4::timestamptz + $5::interval, $4::timestamptz + $5::interval + interval '30 days', 1, $4)`,
      [accountId, newId(), newest?.['id'], now, start],
    );
  return accountId;
}
const versionOf = async (accountId: string) =>
  app
    .query(
      `select plan_version as version from subscription join plan on plan.id = plan_id where account_id = $1
     union all select plan_version from subscription_period join plan on plan.id = plan_id where account_id = $1`,
      [accountId],
    )
    .then((found) => found.map(({ version }) => version));

describe('applying a catalogue', () => {
  it('stores what is read back, and nothing the second time', async () => {
    expect(await storedCatalogue(ownerUrl())).toEqual(demo);
    const before = await everything();
    expect(await apply(demo)).toEqual({ changes: [] });
    expect(await everything()).toBe(before);
  });

  it('adds a version of a plan that changes, and sells that one alone', async () => {
    const applied = await apply(withGrowth({ credits: 30_000 }));
    expect(applied).toMatchObject({
      changes: [
        {
          part: 'plans',
          name: 'growth',
          change: 'version',
          details: ['credits: 20000 → 30000'],
          accounts: 0,
        },
      ],
    });
    expect(await versions()).toEqual([
      { plan_version: 1, state: 'unlisted', credits: 20_000 },
      { plan_version: 2, state: 'listed', credits: 30_000 },
    ]);
    const sold = await app.api.withoutAccount.read({}, (tx) => findSellablePlan(tx, 'growth'));
    expect(sold).toMatchObject({ version: 2, includedCredits: 30_000 });
    expect(await storedCatalogue(ownerUrl())).toEqual(withGrowth({ credits: 30_000 }));
  });

  it('takes no version that is unlisted for one that an earlier version sells', async () => {
    await apply(withGrowth({ credits: 30_000, state: 'unlisted' }));
    expect((await versions()).map(({ state }) => state)).toEqual(['unlisted', 'unlisted']);
    const listed = await app.api.withoutAccount.read({}, listPlans);
    expect(listed.map(({ slug }) => slug)).toEqual(['trial', 'starter']);
  });

  it('withdraws every version of a plan, and lists the newest again', async () => {
    await apply(withGrowth({ credits: 30_000 }));
    await apply(withGrowth({ credits: 30_000, state: 'withdrawn' }));
    expect((await versions()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    await apply(withGrowth({ credits: 30_000 }));
    expect((await versions()).map(({ state }) => state)).toEqual(['unlisted', 'listed']);
  });

  it('unlists a plan that is not in the file, and leaves it alone from then on', async () => {
    const { growth: _gone, ...plans } = demo.plans;
    const accountId = await subscribe('growth');
    expect(await apply({ ...demo, plans })).toMatchObject({ changes: [{ change: 'remove', accounts: 1 }] });
    expect(await versions()).toMatchObject([{ state: 'unlisted' }]);
    expect(await versionOf(accountId)).toEqual([1, 1, 1]);
    expect(await apply({ ...demo, plans })).toEqual({ changes: [] });
  });

  it('keeps subscriptions on their version, or moves them when they renew, or now', async () => {
    const accountId = await subscribe('growth');
    expect(await apply(withGrowth({ credits: 1 }))).toMatchObject({ changes: [{ accounts: 1 }] });
    const renewal = async () =>
      (
        await app.query(
          "select renews_as is not null as moved from plan where slug = 'growth' order by plan_version",
        )
      ).map(({ moved }) => moved);
    expect([await versionOf(accountId), await renewal()]).toEqual([
      [1, 1, 1],
      [false, false],
    ]);
    await apply(withGrowth({ credits: 2 }), 'renewal');
    expect([await versionOf(accountId), await renewal()]).toEqual([
      [1, 1, 1],
      [true, true, false],
    ]);
    await apply(withGrowth({ credits: 3 }), 'now');
    expect(await versionOf(accountId)).toEqual([4, 4, 4]);
  });

  it('moves nobody of another plan', async () => {
    const other = await subscribe('starter');
    await apply(withGrowth({ credits: 3 }), 'now');
    expect(await versionOf(other)).toEqual([1, 1, 1]);
  });

  it.each([
    ['currency', { price: { amount: 8900, currency: 'EUR' } }],
    ['cycle', { cycle: 'annual' }],
  ] as const)('moves nobody to another %s, and then changes nothing at all', async (_what, change) => {
    await subscribe('growth');
    const before = await everything();
    for (const move of ['renewal', 'now'] as const) {
      const refused = await apply({ ...withGrowth(change), packages: {} }, move);
      expect(refused).toMatchObject({ faults: [expect.stringContaining('another currency or cycle')] });
    }
    expect(await everything()).toBe(before);
    expect(await apply(withGrowth(change))).toMatchObject({ changes: [{ change: 'version' }] });
  });

  it('gives an operation a new price, takes one away, and brings it back', async () => {
    const { summarise, ...operations } = demo.operations;
    if (summarise === undefined) throw new Error('the demo has no operation summarise');
    const rates = { input: 2, cachedInput: 1, output: 10 };
    const answer = { ...summarise, unit: 'token', rate: null, rates, model: 'large' };
    await apply({ ...demo, operations: { ...operations, answer } });
    expect((await storedCatalogue(ownerUrl())).operations).toEqual({ ...operations, answer });
    await apply({ ...demo, operations: { ...operations, summarise: { ...summarise, rate: 9 } } });
    expect(
      await app.query("select price_version from operation where name = 'summarise' and not withdrawn"),
    ).toEqual([{ price_version: 2 }]);
  });

  it('declares features and limits, packages and an issuer, and changes them', async () => {
    const issuer = demo.issuer;
    const small = demo.packages['small'];
    if (issuer === null || small === undefined) throw new Error('the demo has no issuer or package');
    const mine: Catalogue = {
      ...withGrowth({ features: ['sites', 'exports'], limits: { ...planOf('growth').limits, projects: 3 } }),
      features: { exports: 'Files' },
      limits: { projects: 'Projects' },
      packages: { small: { ...small, credits: 9 } },
      issuer: {
        ...issuer,
        taxId: 'X1',
        payees: { EUR: { name: 'A', bank: 'B', iban: 'DE89370400440532013000', bic: null, account: [] } },
      },
    };
    await apply(mine);
    expect(await storedCatalogue(ownerUrl())).toEqual(mine);
    expect(
      await app.query('select package_version, withdrawn from credit_package where slug = $1 order by 1', [
        'small',
      ]),
    ).toEqual([
      { package_version: 1, withdrawn: true },
      { package_version: 2, withdrawn: false },
    ]);
    await apply({ ...demo, issuer: null });
    expect(await storedCatalogue(ownerUrl())).toEqual({ ...demo, issuer: mine.issuer });
  });

  it('says what would change, and writes nothing', async () => {
    const before = await everything();
    expect(await plan(withGrowth({ credits: 5 }))).toMatchObject([{ change: 'version' }]);
    expect(await everything()).toBe(before);
  });

  it('leaves an audit row for what it changed, and none for nothing', async () => {
    const before = (await events()).length;
    await apply(withGrowth({ credits: 5 }), 'renewal');
    await apply(withGrowth({ credits: 5 }));
    const after = await events();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({
      facts: {
        before: expect.stringMatching(/^[0-9a-f]{64}$/),
        after: expect.stringMatching(/^[0-9a-f]{64}$/),
        move: 'renewal',
        changes: 'version plans growth\n  credits: 20000 → 5',
        count: '1',
      },
    });
  });

  it('leaves nothing when its connection dies in the middle', async () => {
    const before = await everything();
    // Another transaction holds a row that is written late, so that the apply stands in its middle.
    const holder = new pg.Client({ connectionString: app.url('postgres') });
    await holder.connect();
    await holder.query("begin; select 1 from operation where name = 'summarise' for update");
    const { summarise, ...operations } = demo.operations;
    if (summarise === undefined) throw new Error('the demo has no operation summarise');
    const wanted = {
      ...withGrowth({ credits: 5 }),
      operations: { ...operations, summarise: { ...summarise, rate: 9 } },
    };
    const applying = apply(wanted).then(
      () => 'applied',
      () => 'failed',
    );
    let waiting: unknown[] = [];
    while (waiting.length === 0)
      waiting = await app.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tenantry_owner' and wait_event_type = 'Lock' and datname = current_database()`,
      );
    expect(await applying).toBe('failed');
    await holder.end();
    expect(await everything()).toBe(before);
    expect(await apply(wanted)).toMatchObject({ changes: [{ name: 'growth' }, { name: 'summarise' }] });
  });

  it('is done once by two who apply the same at one time', async () => {
    const done = await Promise.all([apply(withGrowth({ credits: 5 })), apply(withGrowth({ credits: 5 }))]);
    expect(done.map((one) => ('changes' in one ? one.changes.length : -1)).toSorted((a, b) => a - b)).toEqual(
      [0, 1],
    );
    expect(await versions()).toHaveLength(2);
  });

  it('fills a database without plans alone', async () => {
    await applyToEmpty(ownerUrl(), withGrowth({ credits: 5 }), call);
    expect(await versions()).toHaveLength(1);
  });

  it('is refused to the API', async () => {
    const api = withCatalogue(app.url('tenantry_api'), (database) =>
      applyCatalogue(database, withGrowth({ credits: 5 }), call),
    );
    await expect(api).rejects.toThrow('permission denied');
    expect(await versions()).toHaveLength(1);
  });
});
