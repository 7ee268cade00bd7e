import { rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Env, type Opened, clone, runCli, startApps, startProvider } from './apps.ts';
import { buildConsole } from './console.ts';
import { type Demo, describe } from './describe.ts';
import { type StackDatabase, openStackDatabase } from './database.ts';
import { lockFolder, portOf, prepareFolder, requireFreePort } from './preflight.ts';
import { type Secrets, readSecrets, writeSecrets } from './secrets.ts';

const say = (line: string) => console.log(line);

function environmentOf(secrets: Secrets, database: StackDatabase, folder: string): Env {
  const { rolePassword: _password, ...shared } = secrets;
  const defaults = {
    FILES_FOLDER: join(folder, 'files'),
    MAIL_FOLDER: join(folder, 'mail'),
    WEBHOOK_LOOPBACK: 'allow',
    API_HOST: '127.0.0.1',
    ADMIN_HOST: '127.0.0.1',
    // The large package of the demo's catalogue needs two members of staff.
    CONFIRM_SECOND_APPROVER_AMOUNT: 'USD=25000',
  };
  return { ...defaults, ...shared, ...process.env, ...database.env, MODE: 'demo' };
}

const commandSettings = [
  'MODE',
  'MIGRATION_DATABASE_URL',
  'DATABASE_URL',
  'ADMIN_DATABASE_URL',
  'WORKER_DATABASE_URL',
  'API_KEY_PEPPER',
  'SECOND_FACTOR_KEYS',
  'WEBHOOK_LOOPBACK',
] as const;

/** Writes what the commands of `tenantry` need to work on the running demo. Only the owner of the file can read it. */
function writeSettings(folder: string, env: Env): string {
  const file = join(folder, 'settings.env');
  const lines = commandSettings.map((name) => `${name}=${env[name] ?? ''}\n`);
  rmSync(file, { force: true });
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return file;
}

async function main(): Promise<void> {
  const folder = resolve(process.env['TENANTRY_DATA_FOLDER'] || join(clone, '.tenantry', 'data'));
  const open: Opened[] = [];
  let ending: Promise<void> | undefined;
  // Stops in reverse order of starting: the API drains first, and PostgreSQL stops last.
  const end = (code: number): Promise<void> =>
    (ending ??= (async () => {
      for (const one of open.toReversed()) await one.stop();
      process.exit(code);
    })());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  try {
    const ports = { api: portOf('API_PORT', 4000), admin: portOf('ADMIN_PORT', 4001) };
    prepareFolder(folder);
    const unlock = lockFolder(folder);
    open.push({ stop: async () => unlock() });
    await requireFreePort('127.0.0.1', ports.api, 'API_PORT');
    await requireFreePort('127.0.0.1', ports.admin, 'ADMIN_PORT');
    await openStack(folder, ports, open, end);
  } catch (fault) {
    if (ending === undefined) console.error(fault instanceof Error ? fault.message : String(fault));
    await end(1);
  }
}

async function openStack(
  folder: string,
  ports: { api: number; admin: number },
  open: Opened[],
  end: (code: number) => Promise<void>,
): Promise<void> {
  const logs = join(folder, 'logs');
  const secretsFile = join(folder, 'secrets.json');
  const secrets = readSecrets(secretsFile);
  say('Starting PostgreSQL …');
  const database = await openStackDatabase(process.env, folder, secrets.rolePassword);
  open.push(database);
  const env = environmentOf(secrets, database, folder);
  const settingsFile = writeSettings(folder, env);
  open.push({ stop: async () => rmSync(settingsFile, { force: true }) });
  say('Migrating the database …');
  await runCli(env, 'migrate');
  const demo: Demo = JSON.parse(await runCli(env, 'seed'));
  if (demo.apiKey !== secrets.DEMO_API_KEY)
    writeSecrets(secretsFile, { ...secrets, DEMO_API_KEY: demo.apiKey });
  say('Building the admin console, and making the accounts of the demo …');
  const [consoleFolder] = await Promise.all([
    process.env['CONSOLE_FOLDER'] ?? buildConsole(),
    runCli(env, 'seed-history'),
  ]);
  const provider = process.env['AI_BASE_URL'] ? undefined : await startProvider(env, logs);
  if (provider !== undefined) open.push(provider.child);
  const aiEnv = provider === undefined ? {} : { AI_BASE_URL: provider.url, AI_MODEL: 'stand-in' };
  say('Starting the worker, the admin app and the API …');
  await startApps({ ...env, ...aiEnv, CONSOLE_FOLDER: consoleFolder }, logs, open, end);
  say(
    describe(
      `http://127.0.0.1:${ports.api}`,
      `http://127.0.0.1:${ports.admin}`,
      demo,
      provider !== undefined,
      relative(process.cwd(), settingsFile),
    ),
  );
}

await main();
