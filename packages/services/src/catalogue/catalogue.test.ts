import { writeCatalogue } from '@tenantry/catalogue/write';
import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { newId } from '@tenantry/db/ids';
import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import type { StaffRole } from '@tenantry/domain/permissions';
import { isRefusal } from '@tenantry/domain/refusals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonContext } from '../context.ts';
import { type ServiceTest, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { applyCatalogueFile } from './apply.ts';
import { planCatalogueFile } from './plan.ts';
import { listPlansForStaff } from './plans.ts';
import { listPricesForStaff } from './prices.ts';
import { exportCatalogue, getCatalogue } from './read.ts';

const demo = readDemoCatalogue();
let services: ServiceTest;
beforeEach(async () => {
  services = await openServiceTest();
});
afterEach(() => services.close());

/** The context of a call by staff, in the role of the admin app. `facts` are what the last commit recorded. */
function byStaff(role: StaffRole = 'platform_admin') {
  const { admin } = services.database;
  let facts: Record<string, string> = {};
  const commit: PersonContext['commit'] = (work, recorded) =>
    admin.withoutAccount.write({}, async (tx) => {
      const done = await work(tx);
      facts = recorded?.() ?? {};
      return done;
    });
  const actor = { kind: 'staff', staffId: newId(), role, sessionId: newId() } as const;
  return { ...services.directory(), database: admin, actor, commit, recorded: () => facts };
}

const planOf = (slug: string): CataloguePlan => {
  const found = demo.plans[slug];
  if (found === undefined) throw new Error(`the demo has no plan ${slug}`);
  return found;
};
const withPlan = (slug: string, change: Partial<CataloguePlan>): Catalogue => ({
  ...demo,
  plans: { ...demo.plans, [slug]: { ...planOf(slug), ...change } },
});
const fileOf = (catalogue: Catalogue) => writeCatalogue(catalogue);
const fingerprint = async () => (await getCatalogue(byStaff())).fingerprint;
async function apply(catalogue: Catalogue, more: Partial<Parameters<typeof applyCatalogueFile>[1]> = {}) {
  const seen = await fingerprint();
  const input = { text: fileOf(catalogue), fingerprint: seen, move: 'none', reason: 'x', ...more } as const;
  return applyCatalogueFile(byStaff(), input);
}
const versionsOf = async (slug: string) =>
  (await listPlansForStaff(byStaff())).items.find((plan) => plan.slug === slug)?.versions;

describe('the catalogue of staff', () => {
  it('is what the file declares, and its export reads back as the same', async () => {
    const { catalogue, fingerprint: first } = await getCatalogue(byStaff());
    expect(catalogue).toEqual(demo);
    const { text, fingerprint: second } = await exportCatalogue(byStaff());
    expect(second).toBe(first);
    expect(accepted(await planCatalogueFile(byStaff(), { text }))).toMatchObject({ faults: [], changes: [] });
  });

  it('takes a file in JSON as it takes one in YAML', async () => {
    const text = JSON.stringify({ catalogue: 1, ...withPlan('growth', { credits: 30_000 }) });
    const planned = await planCatalogueFile(byStaff(), { text });
    expect(planned.changes).toMatchObject([{ name: 'growth', details: ['credits: 20000 → 30000'] }]);
  });
});

describe('the plan of a file', () => {
  it('counts the accounts that a change touches, by version, and writes nothing', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    const before = await fingerprint();
    const text = fileOf(withPlan('growth', { credits: 30_000 }));
    const planned = await planCatalogueFile(byStaff(), { text });
    expect(planned).toMatchObject({
      fingerprint: before,
      faults: [],
      changes: [{ part: 'plans', name: 'growth', accounts: 1, versions: [{ version: 1, accounts: 1 }] }],
      unmovable: [],
    });
    expect(await fingerprint()).toBe(before);
  });

  it('names each fault with its line and its keys, and no change', async () => {
    const text = fileOf(demo).replace('credits: 20000', 'credits: many');
    const line = text.split('\n').findIndex((one) => one.includes('many')) + 1;
    const planned = await planCatalogueFile(byStaff(), { text });
    expect(planned.faults).toMatchObject([{ line, path: 'plans.growth.credits' }]);
    expect(planned.changes).toEqual([]);
  });

  it('names the plans whose accounts cannot be moved', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    const text = fileOf(withPlan('growth', { price: { amount: 8000, currency: 'EUR' } }));
    const planned = await planCatalogueFile(byStaff(), { text });
    expect(planned.unmovable).toEqual([{ plan: 'growth', versions: [1] }]);
    expect(planned.gaps).toContain('No bank transfer in EUR can arrive: the issuer has no payee for EUR.');
  });
});

describe('an apply by staff', () => {
  it('makes a version beside the one that was sold, and records what differs', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    const context = byStaff();
    const input = {
      text: fileOf(withPlan('growth', { credits: 30_000 })),
      fingerprint: await fingerprint(),
      move: 'none',
      reason: 'More for the same',
    } as const;
    const applied = accepted(await applyCatalogueFile(context, input));
    expect(applied.fingerprint).toBe(await fingerprint());
    expect(context.recorded()).toEqual({
      before: input.fingerprint,
      after: applied.fingerprint,
      move: 'none',
      changes: 'version plans growth (accounts: 1)\n  credits: 20000 → 30000',
      count: '1',
    });
    expect(await versionsOf('growth')).toMatchObject([
      { version: 2, state: 'listed', credits: 30_000, accounts: 0, createdAt: now.toISOString() },
      { version: 1, state: 'unlisted', credits: 20_000, accounts: 1 },
    ]);
  });

  it('changes nothing the second time', async () => {
    const wanted = withPlan('growth', { credits: 30_000 });
    accepted(await apply(wanted));
    const before = await fingerprint();
    expect(accepted(await apply(wanted))).toEqual({ fingerprint: before, changes: [] });
  });

  it.each([
    ['now', 2, null],
    ['renewal', 1, 2],
    ['none', 1, null],
  ] as const)('moves accounts %s', async (move, version, renewsAs) => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    accepted(await apply(withPlan('growth', { credits: 30_000 }), { move }));
    const versions = await versionsOf('growth');
    expect(versions?.find(({ accounts }) => accounts === 1)?.version).toBe(version);
    if (move !== 'now') expect(versions?.at(-1)?.renewsAs).toBe(renewsAs);
  });

  it('writes every part that a catalogue has, and takes each away again', async () => {
    const [first] = Object.entries(demo.packages);
    const whole: Catalogue = {
      ...withPlan('growth', { features: ['sites', 'exports'] }),
      features: { exports: 'Download results' },
      limits: { projects: 'Projects at a time' },
      operations: { ...demo.operations, scan: { ...demoOperation(), unit: 'page' } },
      packages: { ...demo.packages, huge: { ...packageOf(first?.[1]), credits: 900_000 } },
      issuer: demo.issuer === null ? null : { ...demo.issuer, taxId: 'DE123' },
    };
    accepted(await apply(whole));
    expect((await getCatalogue(byStaff())).catalogue).toEqual(whole);
    accepted(await apply({ ...demo, issuer: demo.issuer }));
    expect((await getCatalogue(byStaff())).catalogue).toEqual(demo);
  });

  it('is refused as a conflict when the catalogue has changed meanwhile, and overwrites nothing', async () => {
    const seen = await fingerprint();
    accepted(await apply(withPlan('growth', { credits: 30_000 })));
    const after = await fingerprint();
    const late = await apply(withPlan('starter', { credits: 1 }), { fingerprint: seen });
    expect(codeOf(late)).toBe('conflict');
    expect(await fingerprint()).toBe(after);
  });

  it('lets one of two through that saw the same catalogue', async () => {
    const seen = await fingerprint();
    const both = await Promise.all(
      [1, 2].map((credits) => apply(withPlan('growth', { credits }), { fingerprint: seen })),
    );
    expect(both.map(codeOf).toSorted()).toEqual(['conflict', 'ok']);
    expect(await versionsOf('growth')).toHaveLength(2);
  });

  it.each([
    ['that is no YAML', 'plans: ['],
    ['with a field that nobody knows', 'catalogue: 1\nplan: {}'],
    ['without its format', 'plans: {}'],
    ['with a plan that lacks a rate', fileOf(demo).replace(/\n *billing: \d+/, '')],
    ['whose names are not its own', 'catalogue: 1\n__proto__: {}'],
  ])('is refused for a file %s, with the line', async (_what, text) => {
    const before = await fingerprint();
    const refused = await apply(demo, { text });
    expect(codeOf(refused)).toBe('invalid_input');
    const errors = isRefusal(refused) ? refused.facts.errors : [];
    expect(errors?.[0]).toMatchObject({ path: 'text', message: expect.stringMatching(/^Line \d+/) });
    expect(await fingerprint()).toBe(before);
  });

  it('is refused for a move to another currency, as a whole', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    const before = await fingerprint();
    const wanted = withPlan('growth', { price: { amount: 8000, currency: 'EUR' } });
    const refused = await apply(wanted, { move: 'now' });
    expect(refused).toMatchObject({ refused: 'invalid_input', facts: { errors: [{ path: 'move' }] } });
    expect(await fingerprint()).toBe(before);
    expect(codeOf(await apply(wanted))).toBe('ok');
  });
});

describe('the prices of an operation', () => {
  it('are listed newest first, page by page', async () => {
    for (const rate of [11, 12])
      accepted(
        await apply({
          ...demo,
          operations: { ...demo.operations, write_content: { ...demoOperation(), rate } },
        }),
      );
    const page = accepted(await listPricesForStaff(byStaff(), { operation: 'write_content', limit: 2 }));
    expect(page.items.map(({ version, creditsPerUnit }) => [version, creditsPerUnit])).toEqual([
      [3, 12],
      [2, 11],
    ]);
    const rest = accepted(
      await listPricesForStaff(byStaff(), {
        operation: 'write_content',
        limit: 2,
        cursor: page.nextCursor ?? undefined,
      }),
    );
    expect(rest).toMatchObject({ items: [{ version: 1, creditsPerUnit: 10 }], nextCursor: null });
  });

  it('are kept of an operation that is withdrawn, and refused of one that there never was', async () => {
    const { write_content: _gone, ...operations } = demo.operations;
    accepted(await apply({ ...demo, operations }));
    const kept = accepted(await listPricesForStaff(byStaff(), { operation: 'write_content', limit: 5 }));
    expect(kept.items).toHaveLength(1);
    expect(codeOf(await listPricesForStaff(byStaff(), { operation: 'levitate', limit: 5 }))).toBe(
      'not_found',
    );
  });
});

function demoOperation() {
  const found = demo.operations['write_content'];
  if (found === undefined) throw new Error('the demo has no operation');
  return found;
}

function packageOf(found: Catalogue['packages'][string] | undefined) {
  if (found === undefined) throw new Error('the demo has no package');
  return found;
}
