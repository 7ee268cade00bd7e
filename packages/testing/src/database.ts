import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { roleUrl } from './cluster.ts';

/** The database of one test, connected to by each role. */
export interface TestDatabase {
  url(role: 'tenantry_api' | 'tenantry_admin' | 'tenantry_worker' | 'tenantry_owner' | 'postgres'): string;
  api: Database;
  admin: Database;
  /** Runs SQL as the superuser, past the isolation policies, to read what is stored. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Copies the migrated template into a new database. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const socketFolder = inject('socketFolder');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const root = new pg.Client({ connectionString: roleUrl(socketFolder, 'postgres', 'postgres') });
  await root.connect();
  await root.query('select pg_advisory_lock(1)');
  await root.query(`create database ${name} template tenantry_template owner tenantry_owner`);
  await root.query('select pg_advisory_unlock(1)');
  const database = await openDatabaseAt(socketFolder, name);
  return {
    ...database,
    close: async () => {
      await database.close();
      await root.query(`drop database ${name} with (force)`);
      await root.end();
    },
  };
}

/** Opens an existing migrated database. `query` connects again after a crash of the server. */
export async function openDatabaseAt(socketFolder: string, name: string): Promise<TestDatabase> {
  const url: TestDatabase['url'] = (role) => roleUrl(socketFolder, role, name);
  const superuser = new pg.Pool({ connectionString: url('postgres'), max: 1, idleTimeoutMillis: 0 });
  superuser.on('error', () => undefined);
  const api = openDatabase(await openOrm(url('tenantry_api'), 20));
  const admin = openDatabase(await openOrm(url('tenantry_admin'), 10));
  return {
    url,
    api,
    admin,
    query: async (sql, values = []) => (await superuser.query<Record<string, unknown>>(sql, values)).rows,
    close: async () => {
      await Promise.all([api.close(), admin.close(), superuser.end()]);
    },
  };
}
