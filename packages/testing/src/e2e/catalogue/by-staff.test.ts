import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { storedCatalogue } from '@tenantry/db/catalogue/apply';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Transport, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { registerOwner, signInStaff } from '../../users.ts';

const demo = readDemoCatalogue();
let app: TestApp;
let admin: string;
beforeEach(async () => {
  await app?.close();
  app = await openTestApp();
  admin = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

const call = (
  transport: Transport,
  name: string,
  input: Record<string, unknown> = {},
  { bearer = admin, headers = {} }: { bearer?: string; headers?: Record<string, string> } = {},
) =>
  callProcedure(app.admin, transport, {
    app: 'admin',
    name: `catalogue.${name}`,
    input,
    headers: { authorization: `Bearer ${bearer}`, ...headers },
  });
const withCredits = (credits: number): Catalogue => {
  const { growth } = demo.plans;
  if (growth === undefined) throw new Error('the demo has no plan growth');
  return { ...demo, plans: { ...demo.plans, growth: { ...growth, credits } } };
};
const fileOf = (catalogue: Catalogue) => JSON.stringify({ catalogue: 1, ...catalogue });
const seen = async () => (await call('rest', 'get')).body.fingerprint;
const change = async (credits: number) => ({
  text: fileOf(withCredits(credits)),
  fingerprint: await seen(),
  reason: 'More for the same',
});
const events = () =>
  app.database.query(
    "select action, actor, facts from security_event where action like 'catalogue.%' and actor like 'staff:%' order by id",
  );
const creditsOf = async () =>
  (await storedCatalogue(app.database.url('tenantry_owner'))).plans['growth']?.credits;

describe.each(transports)('the catalogue of staff over %s', (transport) => {
  it('is read, planned and applied, and its customers see it', async () => {
    expect((await call(transport, 'get')).body.catalogue).toEqual(demo);
    const input = await change(30_000);
    // A query of tRPC travels in the URL, so its file is a short one.
    const short = { text: 'catalogue: 1\nplans: {}\noperations: {}\n' };
    const planned = await call(transport, 'planFile', transport === 'rest' ? { text: input.text } : short);
    expect(planned.body).toMatchObject({ fingerprint: input.fingerprint, faults: [] });
    expect(planned.body.changes.length).toBe(transport === 'rest' ? 1 : 10);
    expect(await creditsOf()).toBe(20_000);
    const applied = await call(transport, 'applyFile', input);
    expect(applied.body).toMatchObject({ changes: [{ part: 'plans', name: 'growth', change: 'version' }] });
    expect(applied.body.fingerprint).toBe(await seen());
    const plans = await app.rest('GET', '/v1/plans');
    expect(plans.body.items.find((plan: { slug: string }) => plan.slug === 'growth')).toMatchObject({
      version: 2,
      includedCredits: 30_000,
    });
    const { body } = await call(transport, 'export');
    expect(body.text).toContain('credits: 30000');
  });

  it('leaves one event that names who applied it, why, and what differs', async () => {
    await call(transport, 'applyFile', await change(30_000));
    expect(await events()).toEqual([
      {
        action: 'catalogue.applyFile',
        actor: expect.stringMatching(/^staff:/),
        facts: expect.objectContaining({
          reason: 'More for the same',
          move: 'none',
          changes: 'version plans growth\n  credits: 20000 → 30000',
        }),
      },
    ]);
  });

  it.each(['support', 'finance'] as const)(
    'is read by %s, and refuses a change, which stays on record',
    async (role) => {
      const bearer = await signInStaff(app, role);
      expect(verdictOf(await call(transport, 'get', {}, { bearer }))).toBe('ok');
      const input = await change(30_000);
      expect(verdictOf(await call(transport, 'applyFile', input, { bearer }))).toBe('403 role_forbids');
      expect(verdictOf(await call(transport, 'planFile', { text: 'catalogue: 1' }, { bearer }))).toBe(
        '403 role_forbids',
      );
      expect(await creditsOf()).toBe(20_000);
      expect(await events()).toMatchObject([
        { action: 'catalogue.applyFile', facts: { refused: 'role_forbids' } },
        { action: 'catalogue.planFile', facts: { refused: 'role_forbids' } },
      ]);
    },
  );

  it('refuses a change to a catalogue that is not the stored one, a file with a fault, and no reason', async () => {
    const late = await change(10);
    await call(transport, 'applyFile', await change(30_000));
    expect(verdictOf(await call(transport, 'applyFile', late))).toBe('409 conflict');
    const broken = { ...(await change(10)), text: 'catalogue: 1\nplan: {}' };
    const refused = await call(transport, 'applyFile', broken);
    expect(refused.body).toMatchObject({
      code: 'invalid_input',
      errors: [{ path: 'text', message: expect.stringMatching(/^Line 2, plan: plan is not known here/) }],
    });
    const { reason: _reason, ...silent } = await change(10);
    expect(verdictOf(await call(transport, 'applyFile', silent))).toBe('400 invalid_input');
    expect(await creditsOf()).toBe(30_000);
  });

  it('applies once with one Idempotency-Key, and refuses the key for another file', async () => {
    const headers = { 'idempotency-key': 'once' };
    const input = await change(30_000);
    const first = await call(transport, 'applyFile', input, { headers });
    const again = await call(transport, 'applyFile', input, { headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await call(transport, 'applyFile', { ...input, move: 'now' }, { headers });
    expect(verdictOf(other)).toBe('422 idempotency_mismatch');
    const versions = await app.database.query("select 1 from plan where slug = 'growth'");
    expect(versions).toHaveLength(2);
  });
});

describe('a plan that staff withdraw', () => {
  it('refuses its accounts within five seconds, though their access is cached', async () => {
    const owner = await registerOwner(app);
    const hold = async () =>
      verdictOf(await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token }));
    expect(await hold()).toBe('ok');
    const { trial } = demo.plans;
    if (trial === undefined) throw new Error('the demo has no trial');
    const plans = { ...demo.plans, trial: { ...trial, state: 'withdrawn' as const } };
    const input = { text: fileOf({ ...demo, plans }), fingerprint: await seen(), reason: 'It ends' };
    expect(verdictOf(await call('rest', 'applyFile', input))).toBe('ok');
    // Five seconds, and time for the last call.
    await expect.poll(hold, { timeout: 8000 }).toBe('402 plan_inactive');
  });
});

describe('the role of the admin app', () => {
  it.each([
    "update plan set price_amount = 1 where slug = 'growth'",
    "delete from plan where slug = 'growth'",
    'delete from operation_price',
    'update operation_price set credits_per_unit = 1',
    'update credit_package set price_amount = 1',
    'update issuer set name = $$x$$',
    'update payee set iban = $$x$$',
    'delete from payee',
  ])('cannot change what was sold: %s', async (statement) => {
    const client = new pg.Client({ connectionString: app.database.url('tenantry_admin') });
    await client.connect();
    await expect(client.query(statement)).rejects.toThrow('permission denied');
    await client.end();
  });
});
