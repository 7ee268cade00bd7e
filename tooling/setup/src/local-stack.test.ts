import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, freePort, runStack, untilReady } from './run-stack.ts';

/** Starts the app and waits until it prints how to use it. */
async function startReady(env: Record<string, string>): Promise<RunningStack> {
  const app = runStack(env);
  await untilReady(app);
  return app;
}

/** Sends the request of the printed curl command. */
async function paste(text: string): Promise<{ status: number; body: unknown }> {
  const line = /curl -s (?<url>\S+) -H '(?<one>[^']+)' -H '(?<two>[^']+)' -d '(?<body>[^']+)'/.exec(
    text,
  )?.groups;
  const headers = [line?.['one'], line?.['two']].map((header) => (header ?? '').split(': '));
  const response = await fetch(line?.['url'] ?? '', {
    method: 'POST',
    headers: Object.fromEntries(headers),
    body: line?.['body'] ?? '',
  });
  return { status: response.status, body: await response.json() };
}

/** The running processes whose environment or arguments name the folder. */
async function processesOf(folder: string): Promise<string[]> {
  const list = spawn('ps', ['-eo', 'pid=,stat=,args='], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  list.stdout.on('data', (chunk) => (text += String(chunk)));
  await once(list, 'close');
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const [id, state] = line.trim().split(/\s+/);
    if (id === undefined || id === '' || state?.startsWith('Z')) continue;
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    if (line.includes(folder) || environment.includes(`TENANTRY_DATA_FOLDER=${folder}`)) found.push(line);
  }
  return found.filter((line) => !line.includes('vitest'));
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenantry-start-'));
    await chmod(folder, 0o711);
    const [api, admin] = [await freePort(), await freePort()];
    env = { TENANTRY_DATA_FOLDER: folder, API_PORT: String(api), ADMIN_PORT: String(admin), AI_BASE_URL: '' };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('prints a call that works, refuses a second start, and keeps data and secrets after a stop', async () => {
    const first = await startReady(env);
    expect(await paste(first.text())).toMatchObject({ status: 200, body: { credits: { available: 990 } } });

    const settingsFile = join(folder, 'settings.env');
    expect(first.text()).toContain(`sql\n`);
    expect(resolve(/--settings (\S+) sql/.exec(first.text())?.[1] ?? '')).toBe(settingsFile);
    expect((await stat(settingsFile)).mode & 0o777).toBe(0o600);
    const { MIGRATION_DATABASE_URL } = parseEnv(await readFile(settingsFile, 'utf8'));
    const client = new pg.Client({ connectionString: MIGRATION_DATABASE_URL });
    await client.connect();
    // The account of the printed key, and those whose history the demo makes.
    expect((await client.query('select name from account')).rowCount).toBe(38);
    await client.end();

    const second = runStack(env);
    expect(await second.ended).toBe(1);
    expect(second.text().trim()).toMatch(/^Tenantry already runs on [^\n]+ Stop it first\.$/);

    first.process.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(await processesOf(folder)).toEqual([]);
    await expect(stat(settingsFile)).rejects.toThrow(/ENOENT/);

    // What a start waits for does not depend on what is logged.
    const again = await startReady({ ...env, LOG_LEVEL: 'warn' });
    const keyOf = (text: string) => /API key\s+(\S+)/.exec(text)?.[1];
    expect(keyOf(again.text())).toBe(keyOf(first.text()));
    expect(await paste(again.text())).toMatchObject({ status: 200, body: { credits: { available: 980 } } });
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);

    again.process.kill('SIGKILL');
    await expect.poll(() => processesOf(folder), { timeout: 20_000 }).toEqual([]);
  }, 120_000);
});

describe('npm start on a machine where it cannot run', () => {
  it('reports in one line that a port is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-start-'));
    const app = runStack({ TENANTRY_DATA_FOLDER: folder, API_PORT: String(port) });
    expect(await app.ended).toBe(1);
    expect(app.text().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use. Free it, or set API_PORT to another port.`,
    );
    server.close();
    await rm(folder, { recursive: true });
  });

  it('reports in one line that its folder cannot be written', async () => {
    const app = runStack({ TENANTRY_DATA_FOLDER: '/dev/null/tenantry' });
    expect(await app.ended).toBe(1);
    expect(app.text().trim()).toMatch(/^The data folder \/dev\/null\/tenantry cannot be written: [^\n]+$/);
  });

  it('reports in one line that a port is not a number', async () => {
    const app = runStack({ API_PORT: 'many' });
    expect(await app.ended).toBe(1);
    expect(app.text().trim()).toBe('API_PORT must be a port number from 1 to 65535.');
  });

  it('reports in one line which database URLs are missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-start-'));
    const [api, admin] = [await freePort(), await freePort()];
    const app = runStack({
      TENANTRY_DATA_FOLDER: folder,
      API_PORT: String(api),
      ADMIN_PORT: String(admin),
      DATABASE_URL: 'postgresql://x@localhost/x',
    });
    expect(await app.ended).toBe(1);
    expect(app.text().trim().split('\n').at(-1)).toMatch(
      /^These database URLs are missing: MIGRATION_DATABASE_URL, ADMIN_/,
    );
    await rm(folder, { recursive: true });
  });
});
