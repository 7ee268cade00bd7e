import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { type OldProduct, openOldProduct } from '@tenantry/testing/igny8/database';
import { fillSample } from '@tenantry/testing/igny8/sample';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const page = join(import.meta.dirname, '../../../docs/rollout.md');
const program = join(import.meta.dirname, 'main.ts');

let old: OldProduct;
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  old = await openOldProduct();
  await fillSample(old);
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'rollout-'));
  const tenantry = join(folder, 'tenantry');
  await writeFile(tenantry, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(tenantry, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
  await old.close();
});

const blocks = async () =>
  [...(await readFile(page, 'utf8')).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
    ([, commands = '']) => commands,
  );

/** Runs commands as a person would paste them; the first that fails ends them. */
const paste = async (commands: string) => {
  const env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    IGNY8: old.url,
    MIGRATION_DATABASE_URL: database.url('tenantry_owner'),
    WORKER_DATABASE_URL: database.url('tenantry_worker'),
  };
  return (await run('sh', ['-ec', commands], { cwd: folder, env })).stdout;
};

describe('the page on the rollout', () => {
  it('has commands that work in the order in which they stand', async () => {
    const [first = '', second = '', back = '', plans = '', rehearsal = '', applied = '', ...more] =
      await blocks();
    expect(more).toEqual([]);
    expect(await paste(first)).toContain('backfill: 3 subscriptions and 4 accounts are paid by Stripe');
    expect(await paste(second)).toContain('relax: a subscription may have no Stripe id');
    expect(await paste(back)).toContain('add-columns: the columns are gone');
    expect(await paste(plans)).toContain('business');
    expect(await paste(rehearsal)).toContain('Nothing is written: this was a rehearsal.');
    const output = await paste(applied);
    expect(output).toMatch(/^accounts +4 +4 +0 +0$/m);
    expect(output).toMatch(/^accounts +4 +0 +4 +0$/m);
    expect(output).toContain('4 verified, 0 found.');
  });
});
