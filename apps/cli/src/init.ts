import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { settingOfRole } from '@tenantry/config/cli';
import { environmentFile } from '@tenantry/config/environment-file';
import { runCommand } from '@tenantry/config/process';
import { settings } from '@tenantry/config/settings';
import { mintOpaqueToken } from '@tenantry/identity/opaque-token';
import type { Command } from 'commander';

/** What `init` is told: the URL of the database as its owner, and the URL of the API. */
export interface InitInput {
  database?: string;
  publicUrl?: string;
}

const freshSecret = () => mintOpaqueToken().token;
const defaultDatabase = () => `postgresql://tenantry_owner:${freshSecret()}@localhost:5432/tenantry`;

/** The owner's URL of a database. Throws for one without user, password or database. */
function ownerUrlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const parts = [url?.username, url?.password, url?.pathname.slice(1)];
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || parts.some((part) => !part))
    throw new Error('--database must be postgresql://owner:password@host/database');
  return url;
}

function urlOf(owner: URL, role: string): string {
  const url = new URL(owner);
  url.username = `tenantry_${role}`;
  url.password = freshSecret();
  return url.href;
}

/** A value for every setting that must be set, with secrets that nobody else has. */
function valuesOf(owner: URL, folder: string, publicUrl: string | undefined): Record<string, string> {
  const urls = (['api', 'admin', 'worker'] as const).map((role) => [settingOfRole[role], urlOf(owner, role)]);
  const secrets = settings
    .filter(({ secret, fallback }) => secret === true && fallback === undefined)
    .map(({ name }) => [name, name.endsWith('_KEYS') ? `1:${freshSecret()}` : freshSecret()]);
  return Object.fromEntries([
    ['MODE', 'production'],
    [settingOfRole.owner, owner.href],
    ...urls,
    ...secrets,
    ['FILES_FOLDER', join(folder, 'files')],
    ...(publicUrl === undefined ? [] : [['PUBLIC_URL', publicUrl]]),
  ]);
}

const literal = (text: string) => `'${decodeURIComponent(text).replaceAll("'", "''")}'`;
const identifier = (text: string) => `"${decodeURIComponent(text).replaceAll('"', '""')}"`;

/** The statements with which a superuser makes the owner and the database. */
function creation({ username, password, pathname }: URL): string {
  const owner = identifier(username);
  return `create role ${owner} login createrole password ${literal(password)};
  create database ${identifier(pathname.slice(1))} owner ${owner};`;
}

/**
 * Writes a production environment file that only its owner can read, with fresh secrets, and answers what to do next.
 * Throws when the file is there, because its secrets may be in use.
 */
function initialise(file: string, { database, publicUrl }: InitInput): string {
  const path = resolve(file);
  const owner = ownerUrlOf(database ?? defaultDatabase());
  if (publicUrl !== undefined && !/^https?:\/\/[^/]/.test(publicUrl))
    throw new Error('--public-url must be an http(s) URL');
  const title = 'Settings of Tenantry in production. Keep a copy: without its secrets no API key is valid.';
  try {
    const text = environmentFile(title, valuesOf(owner, dirname(path), publicUrl));
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')
      throw new Error(`${path} exists, and its secrets may be in use. Name another with --settings.`, {
        cause: fault,
      });
    throw fault;
  }
  const command = file === '.env' ? 'tenantry' : `tenantry --settings ${file}`;
  return `Wrote ${path} with fresh secrets. Only its owner can read it.

If the database does not exist, create it as a superuser of PostgreSQL:

  ${creation(owner)}

Then:

  ${command} migrate
  ${command} catalogue example > my-catalogue.yaml   # write your plans, prices and bank account into it
  ${command} catalogue apply my-catalogue.yaml
  ${command} staff add you@example.com --role platform_admin
  ${command} serve`;
}

/** Adds the command `init`. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write an environment file for production, with fresh secrets')
    .option('--database <url>', 'the database as its owner: postgresql://owner:password@host/database')
    .option('--public-url <url>', 'the URL that browsers and integrators use for the API')
    .action((input: InitInput) =>
      runCommand(async () => {
        const file: unknown = program.getOptionValue('settings');
        console.log(initialise(typeof file === 'string' ? file : '.env', input));
      }),
    );
}
