import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
let app: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  app = await openTestDatabase();
  env = {
    PATH: process.env['PATH'] ?? '',
    MIGRATION_DATABASE_URL: app.url('tenantry_owner'),
    DATABASE_URL: app.url('tenantry_api'),
    ADMIN_DATABASE_URL: app.url('tenantry_admin'),
    WORKER_DATABASE_URL: app.url('tenantry_worker'),
    API_KEY_PEPPER: 'q8V3nKxw2ZrT7yBd5LmP0sHc9JfG4aEu',
    DEMO_OWNER_PASSWORD: 'correct horse battery',
    DEMO_STAFF_PASSWORD: 'correct horse battery',
  };
});
afterAll(() => app.close());

async function tenantry(
  command: string,
  more: Record<string, string> = {},
): Promise<{ code: number; text: string }> {
  const program = join(import.meta.dirname, 'main.ts');
  return run(process.execPath, [program, ...command.split(' ')], { env: { ...env, ...more } }).then(
    ({ stdout, stderr }) => ({ code: 0, text: (stdout + stderr).trim() }),
    (fault: { code: number; stdout: string; stderr: string }) => ({
      code: fault.code,
      text: (fault.stdout + fault.stderr).trim(),
    }),
  );
}

describe('the command line', () => {
  it('migrates, and says when there is nothing to do', async () => {
    expect(await tenantry('migrate')).toEqual({ code: 0, text: 'The schema is up to date.' });
  });

  it('looks for what is unsafe, and fails when it finds it', async () => {
    expect(await tenantry('doctor')).toEqual({ code: 0, text: 'Nothing found.' });
    await app.query('alter table site disable row level security');
    expect(await tenantry('doctor')).toEqual({
      code: 1,
      text: '✗ table site has no forced row security\n1 found.',
    });
    await app.query('alter table site enable row level security');
  });

  it('seeds a demo once, and only where demos are', async () => {
    const refused = await tenantry('seed');
    expect(refused).toEqual({
      code: 1,
      text: 'seed makes demo people with known passwords; it needs MODE=demo',
    });
    const first = JSON.parse((await tenantry('seed', { MODE: 'demo' })).text);
    expect(first.apiKey).toMatch(/^tny_live_/);
    const again = JSON.parse((await tenantry('seed', { MODE: 'demo', DEMO_API_KEY: first.apiKey })).text);
    expect(again).toEqual(first);
    const [row] = await app.query(
      'select (select count(*) from account)::int as accounts, (select count(*) from staff)::int as staff',
    );
    expect(row).toEqual({ accounts: 1, staff: 3 });
  });

  it('makes a system account of a known account alone, and the audit says why', async () => {
    const [account] = await app.query('select id from account');
    const id = String(account?.['id']);
    const command = `system-account ${id} --reason metrics`;
    expect(await tenantry(command)).toEqual({ code: 0, text: `${id} is now a system account.` });
    expect(await tenantry(command)).toEqual({ code: 1, text: 'the account is one already' });
    const unknown = randomUUID();
    expect(await tenantry(`system-account ${unknown} --reason metrics`)).toEqual({
      code: 1,
      text: `the account ${unknown} does not exist`,
    });
    expect((await tenantry(`${command} --revoke`)).text).toBe(`${id} is no longer a system account.`);
    const audited = await app.query(
      "select action, actor, facts ->> 'reason' as reason from audit_entry where action like 'account.%System' order by id",
    );
    const by = { actor: 'system:cli', reason: 'metrics' };
    expect(audited).toEqual([
      { action: 'account.grantSystem', ...by },
      { action: 'account.revokeSystem', ...by },
    ]);
  });

  it('names everything that is missing, in one line and without a value', async () => {
    const { code, text } = await tenantry('migrate', {
      DATABASE_URL: '',
      WORKER_DATABASE_URL: 'mysql://secret',
    });
    expect(code).toBe(1);
    expect(text).toBe(
      'The configuration cannot be used: DATABASE_URL is not set; WORKER_DATABASE_URL must be a postgresql:// URL.',
    );
  });
});
