import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readAdminConfig } from '@tenantry/config/admin';
import { readApiConfig } from '@tenantry/config/api';
import { readMigrateConfig } from '@tenantry/config/cli';
import { readWorkerConfig } from '@tenantry/config/worker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry init 'n #1 "));
});
afterEach(() => rmSync(folder, { recursive: true }));

const init = (...words: string[]) => runTenantry(['init', ...words], {}, folder);
const written = () => parseEnv(readFileSync(join(folder, '.env'), 'utf8'));

describe('tenantry init', () => {
  it('writes a file that every process accepts in production, for its owner alone', async () => {
    const done = await init('--public-url', 'https://api.example.com');
    expect(done.code).toBe(0);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    const env = written();
    expect(readApiConfig(env)).toMatchObject({
      mode: 'production',
      publicUrl: 'https://api.example.com',
      filesFolder: join(folder, 'files'),
    });
    expect(readAdminConfig(env).mode).toBe('production');
    expect(readWorkerConfig(env).mode).toBe('production');
    expect(readMigrateConfig(env).roleUrls.every(({ url }) => url !== undefined)).toBe(true);
  });

  it('says what to do next, in order, with the file that it wrote', async () => {
    const { text } = await init('--settings', 'own.env');
    const commands = text.split('Then:')[1]?.match(/tenantry --settings own\.env \w+( \w+)?/g);
    expect(commands?.map((command) => command.replace('tenantry --settings own.env ', ''))).toEqual([
      'migrate',
      'catalogue example',
      'catalogue apply',
      'staff add',
      'serve',
    ]);
  });

  it('makes secrets that no other installation has', async () => {
    await init();
    const first = written();
    rmSync(join(folder, '.env'));
    await init();
    const second = written();
    const secret = Object.keys(first).filter((name) => /SECRET|PEPPER|_KEYS|DATABASE_URL/.test(name));
    expect(secret.length).toBeGreaterThanOrEqual(7);
    for (const name of secret) expect(second[name], name).not.toBe(first[name]);
    expect(new Set(secret.map((name) => first[name])).size).toBe(secret.length);
  });

  it('takes the database that it is told, and gives each role a password of its own', async () => {
    const url = 'postgresql://own%20er:p%27w@db.internal:6432/app?sslmode=require';
    const { text } = await init('--database', url);
    const env = written();
    expect(env['MIGRATION_DATABASE_URL']).toBe(url);
    expect(env['DATABASE_URL']).toMatch(
      /^postgresql:\/\/tenantry_api:[\w-]{43}@db\.internal:6432\/app\?sslmode=require$/,
    );
    expect(text).toContain(`create role "own er" login createrole password 'p''w';`);
  });

  it('never overwrites a file, whose secrets may be in use', async () => {
    writeFileSync(join(folder, '.env'), 'ACCESS_TOKEN_SECRET=kept\n');
    const refused = await init();
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(
      /\.env exists, and its secrets may be in use\. Name another with --settings\.$/,
    );
    expect(written()).toEqual({ ACCESS_TOKEN_SECRET: 'kept' });
  });

  it.each([
    ['--database', 'mysql://a:b@c/d'],
    ['--database', 'postgresql://nobody@db/app'],
    ['--public-url', 'api.example.com'],
  ])('refuses %s %s, and writes nothing', async (...words) => {
    const refused = await init(...words);
    expect(refused).toEqual({ code: 1, text: expect.stringMatching(`^${words[0]} must be `) });
    expect(() => written()).toThrow(/ENOENT/);
  });
});

describe('the environment file of a command', () => {
  it('is .env in the folder, and the environment takes precedence', async () => {
    writeFileSync(join(folder, '.env'), 'MIGRATION_DATABASE_URL=postgresql://a:b@c/file\n');
    expect((await runTenantry(['sql', '--print'], {}, folder)).text).toBe('postgresql://a:b@c/file');
    const given = { MIGRATION_DATABASE_URL: 'postgresql://a:b@c/given' };
    expect((await runTenantry(['sql', '--print'], given, folder)).text).toBe('postgresql://a:b@c/given');
  });

  it('is refused in one line when it is named and cannot be read', async () => {
    expect(await runTenantry(['--settings', 'missing.env', 'sql', '--print'], {}, folder)).toEqual({
      code: 1,
      text: 'The environment file missing.env cannot be read',
    });
  });
});
