import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { mkdtemp, rm } from 'node:fs/promises';
import { migrate } from '@tenantry/db/migrate';
import { loginRoles } from '@tenantry/db/migrations/restrictive-policies';
import { applyToEmpty } from '@tenantry/db/catalogue/apply';
import { launchPostgres } from '@tenantry/embedded-postgres/launch';
import pg from 'pg';

/** URL of a role on the test cluster; the socket trusts every role, so the password is ignored. */
export function roleUrl(socketFolder: string, role: string, database: string): string {
  return `postgresql://${role}:test@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** URLs of all login roles. */
export function roleUrls(socketFolder: string, database: string): string[] {
  return loginRoles.map((role) => roleUrl(socketFolder, role, database));
}

/** A PostgreSQL server for one test file, or for the whole run. */
export interface Cluster {
  socketFolder: string;
  /** Ends the server; its data stay until `discard`. */
  stop(): Promise<void>;
  discard(): Promise<void>;
}

/** Starts a PostgreSQL with one migrated database; with `fsync` its commits survive a crash of the machine. */
export async function launchCluster(
  name: string,
  { fsync = false, programs }: { fsync?: boolean; programs?: string | undefined } = {},
): Promise<Cluster> {
  const folder = await mkdtemp('/tmp/tenantry-test-');
  const postgres = await launchPostgres({ folder, fsync, programs });
  const { socketFolder, stop } = postgres;
  const superuser = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await superuser.connect();
  await superuser.query('create role tenantry_owner login nosuperuser createrole nobypassrls');
  await superuser.query(`create database ${name} owner tenantry_owner`);
  await superuser.end();
  const ownerUrl = roleUrl(socketFolder, 'tenantry_owner', name);
  await migrate(ownerUrl, roleUrls(socketFolder, name));
  await applyDemoCatalogue(ownerUrl);
  return { socketFolder, stop, discard: () => rm(folder, { recursive: true, force: true }) };
}

/** Fills a new database with the plans, operations and packages of the demo. */
export function applyDemoCatalogue(ownerUrl: string): Promise<void> {
  const actor = { kind: 'system', job: 'migrate' } as const;
  return applyToEmpty(ownerUrl, readDemoCatalogue(), { actor, requestId: 'test', now: new Date() });
}
