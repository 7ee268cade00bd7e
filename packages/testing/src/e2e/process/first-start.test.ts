import { codeAt } from '@tenantry/identity/second-factor.fixture';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Postgres, launchPostgres } from '@tenantry/embedded-postgres/launch';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const clone = resolve(import.meta.dirname, '../../../../..');
const program = join(clone, 'apps/cli/src/main.ts');
const run = promisify(execFile);
let folder: string;
let data: string;
let postgres: Postgres;
let ports: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-production-'));
  data = await mkdtemp('/tmp/tenantry-production-data-');
  postgres = await launchPostgres({ folder: data, fsync: false });
  ports = { API_PORT: await freePort(), ADMIN_PORT: await freePort() };
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
  await rm(data, { recursive: true });
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return String(typeof address === 'object' && address !== null ? address.port : 0);
}

/** The environment of a shell in which nothing of ours is set. */
const environment = () => ({ PATH: process.env['PATH'] ?? '', ...ports });

async function tenantry(...words: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...words], { cwd: folder, env: environment() });
  return stdout.trim();
}

/** Runs the statements that `init` printed, as the superuser. */
async function createDatabase(printed: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await client.connect();
  for (const [statement] of printed.matchAll(/create (role|database) [^;]+;/g)) await client.query(statement);
  await client.end();
}

interface Served {
  process: ChildProcess;
  text(): string;
}

async function serve(): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve'], { cwd: folder, env: environment() });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  child.stderr.on('data', (chunk) => (printed += String(chunk)));
  await expect.poll(() => `${child.exitCode} ${printed}`, { timeout: 60_000 }).toMatch(/Tenantry serves|^\d/);
  expect(printed).toContain('Tenantry serves.');
  return { process: child, text: () => printed };
}

async function call(
  port: 'API_PORT' | 'ADMIN_PORT',
  path: string,
  body: unknown,
  bearer?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const authorization: Record<string, string> =
    bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = await fetch(`http://127.0.0.1:${ports[port]}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...authorization },
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** The environments of the processes that a process has started. */
async function environmentsBelow(parent: number | undefined): Promise<string[]> {
  const found: string[] = [];
  for (const id of await readdir('/proc')) {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    if (status.includes(`PPid:\t${parent}\n`)) found.push(await readFile(`/proc/${id}/environ`, 'utf8'));
  }
  return found;
}

const passwordIn = (text: string) => /Password {2}(\S+)/.exec(text)?.[1] ?? '';

describe.runIf(process.platform === 'linux')('the first start in production, in an empty folder', () => {
  it('goes from init over migrate, staff and serve to a signed-in member of staff and a tenant (M21)', async () => {
    const socket = encodeURIComponent(postgres.socketFolder);
    const database = `postgresql://shop_owner:secret@localhost/shop?host=${socket}`;
    // What the README says is what is played, with another database and address.
    const readme = await readFile(join(clone, 'README.md'), 'utf8');
    const [, section = ''] = readme.split('## In production\n');
    const commands = [...section.matchAll(/^npx tenantry (.+)$/gm)].map(([, words = '']) => words.split(' '));
    const [[init = '', option = ''] = [], migrate = [], apply = [], staff = [], serving = []] = commands;
    expect([commands.length, init, option, serving]).toEqual([5, 'init', '--database', ['serve']]);
    await createDatabase(await tenantry(init, option, database));
    expect(await tenantry(...migrate)).toMatch(/^Applied 0001-foundation, /);
    const again = await tenantry('migrate');
    expect(again).toMatch(
      /^The schema is up to date\.\n\nThe database has no plan yet, so that nobody can register\./,
    );
    expect(await tenantry('doctor')).toMatch(
      /^! Nobody can register: no plan is listed\.\n[^✗]*Nothing found\.$/,
    );
    const [, example = ''] = /tenantry (catalogue example) > my-catalogue\.yaml\n/.exec(again) ?? [];
    await writeFile(join(folder, 'my-catalogue.yaml'), await tenantry(...example.split(' ')));
    expect(await tenantry(...apply)).toContain('+ plan trial');
    expect(await tenantry('migrate')).toBe('The schema is up to date.');
    expect(await tenantry('doctor')).toBe('Nothing found.');
    const added = await tenantry(...staff);

    const served = await serve();
    const credentials = { email: 'you@example.com', password: passwordIn(added) };
    const session = await call('ADMIN_PORT', '/v1/sessions', credentials);
    expect(session).toMatchObject({ status: 201, body: { staff: { role: 'platform_admin' } } });
    const registered = await call('API_PORT', '/v1/registrations', {
      email: 'owner@example.com',
      password: 'correct horse battery',
      accountName: 'Acme',
    });
    expect(registered.status).toBe(201);
    const token = String(session.body['token']);
    const early = await call('ADMIN_PORT', '/v1/accounts', undefined, token);
    expect(early).toMatchObject({ status: 401, body: { code: 'second_factor_required' } });
    const { password } = credentials;
    const { secret } = (await call('ADMIN_PORT', '/v1/me/totp', { password }, token)).body;
    const code = codeAt(String(secret), new Date());
    expect((await call('ADMIN_PORT', '/v1/me/totp/confirm', { code }, token)).status).toBe(200);
    const accounts = await call('ADMIN_PORT', '/v1/accounts', undefined, token);
    expect(accounts).toMatchObject({ status: 200, body: { items: [{ name: 'Acme' }] } });

    const environments = await environmentsBelow(served.process.pid);
    expect(environments.length).toBe(3);
    expect(environments.filter((text) => text.includes('shop_owner'))).toEqual([]);

    expect(await tenantry('staff', 'disable', 'you@example.com')).toMatch(/can no longer sign in/);
    expect((await call('ADMIN_PORT', '/v1/sessions', credentials)).status).toBe(401);
    const former = await call('ADMIN_PORT', '/v1/accounts', undefined, String(session.body['token']));
    expect(former.status).toBe(401);

    const ended = once(served.process, 'exit');
    served.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await environmentsBelow(served.process.pid)).toEqual([]);
  }, 240_000);

  it('does not serve a part of the processes when one of them cannot start', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(Number(ports['ADMIN_PORT']), '127.0.0.1', done));
    const child = spawn(process.execPath, [program, 'serve'], { cwd: folder, env: environment() });
    let fault = '';
    child.stderr.on('data', (chunk) => (fault += String(chunk)));
    child.stdout.resume();
    const [code] = await once(child, 'close');
    await new Promise((done) => taken.close(done));
    expect(code).toBe(1);
    expect(fault).toContain(`127.0.0.1:${ports['ADMIN_PORT']} is taken by another program`);
    expect(fault).toContain('The admin process did not start.');
  }, 60_000);
});
