import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

const tenantry = (command: string, given: readonly 'MIGRATION_DATABASE_URL'[]) =>
  runTenantry(command.split(' '), Object.fromEntries(given.map((name) => [name, app.url('tenantry_owner')])));

describe('the catalogue on the command line', () => {
  const file = join(import.meta.dirname, '../../../catalogue.yaml');
  const owner = ['MIGRATION_DATABASE_URL'] as const;

  it('is checked without a database, planned, applied and exported', async () => {
    expect(await tenantry(`catalogue check ${file}`, [])).toEqual({
      code: 0,
      text: `${file} is right: 4 plans, 5 operations, 2 packages.`,
    });
    expect(await tenantry(`catalogue apply ${file}`, owner)).toEqual({ code: 0, text: 'Nothing to change.' });
    const mine = join(await mkdtemp(join(tmpdir(), 'catalogue-')), 'mine.yaml');
    await writeFile(mine, (await readFile(file, 'utf8')).replace('credits: 5000\n', 'credits: 6000\n'));
    const changes = '~ plan starter (a new version)\n    credits: 5000 → 6000';
    expect(await tenantry(`catalogue plan ${mine}`, owner)).toEqual({
      code: 0,
      text: `${changes}\n1 would change.`,
    });
    expect(await tenantry(`catalogue apply ${mine} --move renewal`, owner)).toEqual({
      code: 0,
      text: `${changes}\n1 changed.`,
    });
    const exported = await tenantry(`catalogue export --into ${file}`, owner);
    expect(exported.text).toContain('credits: 6000');
    expect(exported.text).toContain('# each month');
    await tenantry(`catalogue apply ${file}`, owner);
  });

  it("prints the demo's file to begin with, which is right as it is", async () => {
    const example = await tenantry('catalogue example', []);
    expect(example).toEqual({ code: 0, text: (await readFile(file, 'utf8')).trim() });
  });

  it('notes no missing payee where the issuer that is stored has one', async () => {
    const mine = join(await mkdtemp(join(tmpdir(), 'catalogue-')), 'mine.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(mine, text.slice(0, text.indexOf('issuer:')));
    const note = '! No bank transfer in USD can arrive: the issuer has no payee for USD.';
    expect((await tenantry(`catalogue check ${mine}`, [])).text).toContain(note);
    for (const command of ['plan', 'apply'])
      expect(await tenantry(`catalogue ${command} ${mine}`, owner)).toEqual({
        code: 0,
        text: 'Nothing to change.',
      });
    await app.query('delete from payee');
    expect((await tenantry(`catalogue plan ${mine}`, owner)).text).toContain(note);
    await tenantry(`catalogue apply ${file}`, owner);
  });

  it('names each fault with its line, and changes nothing', async () => {
    const broken = join(await mkdtemp(join(tmpdir(), 'catalogue-')), 'broken.yaml');
    await writeFile(broken, 'catalogue: 1\nplans:\n  free: { prize: 1 }\n');
    for (const command of ['check', 'plan', 'apply']) {
      const { code, text } = await tenantry(`catalogue ${command} ${broken}`, owner);
      expect(code).toBe(1);
      expect(text).toContain(`✗ ${broken}:3 plans.free.prize: prize is not known here`);
    }
  });

  it.each([
    ['a file that is not there', 'catalogue check /no/such.yaml', [], 'ENOENT'],
    ['no database', `catalogue apply ${file}`, [], 'MIGRATION_DATABASE_URL'],
    ['another move', `catalogue apply ${file} --move later`, owner, 'renewal, now'],
  ] as const)('is refused for %s', async (_what, command, given, message) => {
    const { code, text } = await tenantry(command, given);
    expect(code).toBe(1);
    expect(text).toContain(message);
  });

  it('is looked at by the doctor, who says what it makes impossible and finds no fault', async () => {
    await app.query("update plan set state = 'unlisted' where slug = 'trial'");
    const { code, text } = await runTenantry(['doctor'], { DATABASE_URL: app.url('tenantry_api') });
    expect({ code, text }).toEqual({
      code: 0,
      text: '! A registration has to name its plan: no plan trial is listed.\nNothing found.',
    });
  });
});
