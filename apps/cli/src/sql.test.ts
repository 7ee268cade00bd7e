import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const havePsql = spawnSync('psql', ['--version']).status === 0;

/** Runs `tenantry sql` with SQL on its input. */
function sql(input: string, ...words: string[]): { code: number | null; out: string; fault: string } {
  const env = {
    PATH: process.env['PATH'] ?? '',
    MIGRATION_DATABASE_URL: database.url('tenantry_owner'),
    WORKER_DATABASE_URL: database.url('tenantry_worker'),
  };
  const program = [join(import.meta.dirname, 'main.ts'), 'sql', ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { env, input, cwd: tmpdir() });
  return { code: status, out: String(stdout).trim(), fault: String(stderr).trim() };
}

describe('tenantry sql', () => {
  it.runIf(havePsql)('opens the database for reading alone, as the owner', () => {
    const read = sql(
      '\\pset format unaligned\n\\pset tuples_only on\nselect current_user, count(*) > 0 from plan;',
    );
    expect(read.out).toContain('tenantry_owner|t');
    expect(sql("update plan set name = 'x';").fault).toMatch(
      /cannot execute UPDATE in a read-only transaction/,
    );
  });

  it.runIf(havePsql)('changes something only when it is told to, and as the role that it is told', () => {
    expect(sql("update plan set name = name where slug = 'none';", '--write').out).toContain('UPDATE 0');
    expect(sql("update plan set name = 'x';", '--write', '--as', 'worker').fault).toMatch(
      /permission denied/,
    );
  });

  it('prints the URL when it is told to, and where there is no psql', async () => {
    const url = database.url('tenantry_owner');
    expect(sql('', '--print')).toEqual({ code: 0, out: url, fault: '' });
    const without = await runTenantry(['sql'], { MIGRATION_DATABASE_URL: url, PATH: '/nowhere' });
    expect(without.code).toBe(0);
    expect(without.text).toContain(url);
    expect(without.text).toContain('psql is not installed.');
  });

  it('refuses a role that there is not, and one whose URL is not set', () => {
    expect(sql('', '--as', 'root')).toMatchObject({
      code: 1,
      fault: expect.stringContaining('Allowed choices'),
    });
    expect(sql('', '--as', 'api').fault).toBe(
      'The configuration cannot be used: DATABASE_URL is not set: sql opens the database with the URL of the role api.',
    );
  });
});
