import { join } from 'node:path';
import { type Postgres, launchPostgres } from '@tenantry/embedded-postgres/launch';
import pg from 'pg';

/** The database URLs of the processes, and how to stop the server if this process started it. */
export interface StackDatabase {
  env: Record<string, string>;
  stop(): Promise<void>;
}

const names = [
  'MIGRATION_DATABASE_URL',
  'DATABASE_URL',
  'ADMIN_DATABASE_URL',
  'WORKER_DATABASE_URL',
] as const;
const users = ['tenantry_owner', 'tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const;

/**
 * Uses the database that the environment names, or starts an embedded one with its data in the folder. Throws if only
 * some of the four URLs are set.
 */
export async function openStackDatabase(
  env: Record<string, string | undefined>,
  folder: string,
  rolePassword: string,
): Promise<StackDatabase> {
  const given = names.filter((name) => env[name] !== undefined && env[name] !== '');
  if (given.length === names.length) return { env: {}, stop: async () => undefined };
  if (given.length > 0) {
    const missing = names.filter((name) => !given.includes(name));
    throw new Error(
      `These database URLs are missing: ${missing.join(', ')}. Set all four, or none to use the embedded PostgreSQL.`,
    );
  }
  const postgres = await launchPostgres({ folder: join(folder, 'postgres') });
  await makeOwner(postgres);
  const urlOf = (user: string) =>
    `postgresql://${user}:${rolePassword}@localhost/tenantry?host=${encodeURIComponent(postgres.socketFolder)}`;
  return {
    env: Object.fromEntries(names.map((name, index) => [name, urlOf(users[index] ?? '')])),
    stop: postgres.stop,
  };
}

/** Creates the owner of the schema, who is no superuser and cannot bypass row security, and the database. */
async function makeOwner(postgres: Postgres): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await client.connect();
  try {
    const { rowCount: owners } = await client.query(
      "select 1 from pg_roles where rolname = 'tenantry_owner'",
    );
    if (owners === 0)
      await client.query('create role tenantry_owner login nosuperuser createrole nobypassrls');
    const { rowCount: databases } = await client.query(
      "select 1 from pg_database where datname = 'tenantry'",
    );
    if (databases === 0) await client.query('create database tenantry owner tenantry_owner');
  } finally {
    await client.end();
  }
}
