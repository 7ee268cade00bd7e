import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Child, lastLine, startChild } from './child.ts';
import { type HouseDatabase, openHouseDatabase } from './database.ts';
import { lockFolder, prepareFolder, requireFreePort } from './preflight.ts';
import { type Secrets, readSecrets, writeSecrets } from './secrets.ts';

type Env = Record<string, string | undefined>;

/** What the seed prints: who may sign in, and the key. */
interface Demo {
  login: { email: string; password: string };
  staff: { email: string; password: string; role: string }[];
  apiKey: string;
}

const clone = resolve(import.meta.dirname, '../../..');
const runFile = promisify(execFile);
const say = (line: string) => console.log(line);

async function runCli(env: Env, command: string): Promise<string> {
  const { stdout } = await runFile(process.execPath, [join(clone, 'apps/cli/src/main.ts'), command], {
    env: { ...env, NO_COLOR: '1' },
  }).catch((fault: { stderr?: string; stdout?: string }) => {
    throw new Error(`${command} failed: ${(fault.stderr ?? '').trim().split('\n').at(-1)}`);
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

function environmentOf(secrets: Secrets, database: HouseDatabase, folder: string): Env {
  const { rolePassword: _password, ...shared } = secrets;
  const defaults = {
    MODE: 'demo',
    FILES_FOLDER: join(folder, 'files'),
    API_HOST: '127.0.0.1',
    ADMIN_HOST: '127.0.0.1',
  };
  return { ...defaults, ...shared, ...process.env, ...database.env };
}

async function startProvider(env: Env, logs: string): Promise<{ child: Child; url: string }> {
  const { child, line } = await startChild({
    name: 'provider',
    program: join(clone, 'packages/testing/src/provider/main.ts'),
    words: ['--port', '0'],
    env,
    logFile: join(logs, 'provider.log'),
    isReady: (text) => text.startsWith('{"url"'),
  });
  const { url }: { url: string } = JSON.parse(line);
  return { child, url };
}

async function startApp(name: string, env: Env, logs: string): Promise<Child> {
  const { child } = await startChild({
    name,
    program: join(clone, `apps/${name}/src/main.ts`),
    env,
    logFile: join(logs, `${name}.log`),
    isReady: (text) => text.includes('"ready":true'),
  });
  return child;
}

function describe(api: string, admin: string, demo: Demo, standIn: boolean): string {
  const finance = demo.staff.find(({ role }) => role === 'finance');
  return `
Tenantry is ready.

  API         ${api}/v1
  Reference   ${api}/reference
  Admin app   ${admin}/v1

  Login       ${demo.login.email}  ${demo.login.password}
  Staff       ${finance?.email}  ${finance?.password}   (support@ and admin@ have the same password)
  API key     ${demo.apiKey}
${standIn ? '\n  No AI_BASE_URL is set, so a small local stand-in answers for the model.\n' : ''}
Run an AI operation:

  curl -s ${api}/v1/operations/write_content/runs -H 'Authorization: Bearer ${demo.apiKey}' -H 'Content-Type: application/json' -d '{"prompt":"Write one sentence about tea."}'

Ctrl-C stops everything; the data stay in the data folder.
`;
}

async function main(): Promise<void> {
  const folder = resolve(process.env['TENANTRY_DATA_FOLDER'] || join(clone, '.tenantry', 'data'));
  const ports = {
    api: Number(process.env['API_PORT'] || 4000),
    admin: Number(process.env['ADMIN_PORT'] || 4001),
  };
  prepareFolder(folder);
  const unlock = lockFolder(folder);
  const open: { stop(): Promise<void> }[] = [{ stop: async () => unlock() }];
  let ending: Promise<void> | undefined;
  // In reverse order of opening: the API drains first, PostgreSQL is last.
  const end = (code: number): Promise<void> =>
    (ending ??= (async () => {
      for (const one of open.toReversed()) await one.stop();
      process.exit(code);
    })());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  try {
    await requireFreePort('127.0.0.1', ports.api, 'API_PORT');
    await requireFreePort('127.0.0.1', ports.admin, 'ADMIN_PORT');
    await openHouse(folder, ports, open, end);
  } catch (fault) {
    if (ending === undefined) console.error(fault instanceof Error ? fault.message : String(fault));
    await end(1);
  }
}

async function openHouse(
  folder: string,
  ports: { api: number; admin: number },
  open: { stop(): Promise<void> }[],
  end: (code: number) => Promise<void>,
): Promise<void> {
  const logs = join(folder, 'logs');
  const secretsFile = join(folder, 'secrets.json');
  const secrets = readSecrets(secretsFile);
  say('Starting PostgreSQL …');
  const database = await openHouseDatabase(process.env, folder, secrets.rolePassword);
  open.push(database);
  const env = environmentOf(secrets, database, folder);
  say('Bringing the schema up to date …');
  await runCli(env, 'migrate');
  const demo: Demo = JSON.parse(await runCli(env, 'seed'));
  if (demo.apiKey !== secrets.DEMO_API_KEY)
    writeSecrets(secretsFile, { ...secrets, DEMO_API_KEY: demo.apiKey });
  const provider = process.env['AI_BASE_URL'] ? undefined : await startProvider(env, logs);
  if (provider !== undefined) open.push(provider.child);
  const aiEnv = provider === undefined ? {} : { AI_BASE_URL: provider.url, AI_MODEL: 'stand-in' };
  say('Starting worker, admin app and API …');
  const apps: Child[] = [];
  for (const name of ['worker', 'admin', 'api']) {
    const child = await startApp(name, { ...env, ...aiEnv }, logs);
    apps.push(child);
    open.push(child);
    child.process.once('exit', (code) => {
      if (code !== 0) console.error(`${name} ended: ${lastLine(join(logs, `${name}.log`))}`);
      void end(code === 0 ? 0 : 1);
    });
  }
  say(
    describe(
      `http://127.0.0.1:${ports.api}`,
      `http://127.0.0.1:${ports.admin}`,
      demo,
      provider !== undefined,
    ),
  );
}

await main();
