import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clone } from '@tenantry/source/files';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Project, installPackedClient, run } from './installed.fixture.ts';

let app: TestApp;
let project: Project;
let readme: string;
beforeAll(async () => {
  app = await openTestApp();
  project = await installPackedClient();
  readme = await readFile(join(clone, 'README.md'), 'utf8');
}, 120_000);
afterAll(async () => {
  await app.close();
  await project.remove();
});

/** The samples of a language below a heading, as they stand on the page. */
function samplesOf(heading: string, language: string): string[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text,
  );
}

const keysOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]))
    : typeof value;

/** Runs the commands of the page in a folder with the catalogue of the page. Answers what they print. */
async function playCommands(folder: string): Promise<string> {
  const [catalogue = ''] = samplesOf('Your own product in ten minutes', 'yaml');
  const [commands = ''] = samplesOf('Your own product in ten minutes', 'sh');
  const settings = join(folder, 'settings.env');
  await writeFile(join(folder, 'my-catalogue.yaml'), catalogue);
  await writeFile(
    settings,
    `MIGRATION_DATABASE_URL=${app.database.url('tenantry_owner')}\nAPI_KEY_PEPPER=${'p'.repeat(32)}\n`,
  );
  const here = commands
    .replaceAll('npx tenantry', `node ${join(clone, 'apps/cli/src/main.ts')}`)
    .replaceAll('.tenantry/data/settings.env', settings);
  const { stdout } = await run('sh', ['-ec', here], { cwd: folder });
  return stdout;
}

interface Handlers {
  POST(request: Request): Promise<Response>;
  GET(request: Request): Promise<Response>;
}

/** Compiles the handlers of the page outside the workspace and loads them. */
async function loadHandlers(serviceKey: string): Promise<Handlers> {
  const [program = ''] = samplesOf('Your own product in ten minutes', 'ts');
  const here = program.replace('http://127.0.0.1:4000', app.url);
  expect(here).toContain(app.url);
  expect(await project.compile(here, {})).toBe('');
  vi.stubEnv('TENANTRY_SERVICE_KEY', serviceKey);
  const handlers: Handlers = await import(join(project.folder, 'out/main.js'));
  vi.unstubAllEnvs();
  return handlers;
}

describe('the README', () => {
  it('shows a call of the demo that works, and the form of its answer', async () => {
    const [, call = ''] = samplesOf('The demo', 'sh');
    const [shown = ''] = samplesOf('The demo', 'json');
    const key = await makeKey(app, await registerOwner(app), ['operation:run']);
    const here = call.replace('http://127.0.0.1:4000', app.url).replace('tny_live_…', key);
    expect(here).toContain(app.url);
    const { stdout } = await run('sh', ['-c', here]);
    expect(keysOf(JSON.parse(stdout))).toEqual(keysOf(JSON.parse(shown)));
  });

  it('shows a program that compiles and prints what the page says', async () => {
    const [program = ''] = samplesOf('From your code', 'ts');
    const [printed = ''] = samplesOf('From your code', 'text');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url);
    expect(here).toContain(app.url);
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toBe(printed);
  });

  it('shows what the program says when there are not enough credits', async () => {
    const [program = ''] = samplesOf('From your code', 'ts');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url).replace('units: 1500', 'units: 1500000');
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toMatch(/^402 /);
  });

  // It replaces the operations of the demo, so it is the last one.
  it('puts a product behind Tenantry: catalogue, service key, handler, customer', async () => {
    const printed = await playCommands(project.folder);
    expect(printed).toContain('+ operation write_report');
    const { POST, GET } = await loadHandlers(/tns_live_\w+/.exec(printed)?.[0] ?? '');
    const key = await makeKey(app, await registerOwner(app, { accountName: 'Acme' }), [
      'operation:run',
      'credit:spend',
    ]);
    const requestOf = (headers: Record<string, string>) =>
      new Request('http://product.test/reports', { headers });
    const customer = { authorization: `Bearer ${key}` };

    const answered = await POST(requestOf(customer));
    expect([answered.status, await answered.text()]).toEqual([200, 'A report for Acme.']);
    expect((await POST(requestOf({}))).status).toBe(401);
    const exported = await GET(requestOf(customer));
    expect([exported.status, await exported.json()]).toEqual([
      402,
      expect.objectContaining({ code: 'plan_lacks_feature' }),
    ]);
    // Each report is charged 30 of the 100 credits, and 40 are held for it.
    expect((await POST(requestOf(customer))).status).toBe(200);
    expect((await POST(requestOf(customer))).status).toBe(200);
    const refused = await POST(requestOf(customer));
    expect([refused.status, await refused.json()]).toEqual([
      402,
      expect.objectContaining({ code: 'insufficient_credits', required: 40, available: 10 }),
    ]);
  }, 120_000);
});
