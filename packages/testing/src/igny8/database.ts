import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { roleUrl } from '../cluster.ts';
import { oldSchema } from './schema.ts';

/** A database of the old product, for one test. */
export interface OldProduct {
  url: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Another connection, which the caller ends. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** Makes a database with the tables of the old product and no rows, or without tables. */
export async function openOldProduct({ isEmpty = false } = {}): Promise<OldProduct> {
  const socketFolder = inject('socketFolder');
  const name = `igny8_${randomBytes(6).toString('hex')}`;
  const root = new pg.Client({ connectionString: roleUrl(socketFolder, 'postgres', 'postgres') });
  await root.connect();
  await root.query(`create database ${name}`);
  const url = roleUrl(socketFolder, 'postgres', name);
  const connect = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };
  const client = await connect();
  if (!isEmpty) for (const sql of oldSchema) await client.query(sql);
  return {
    url,
    connect,
    query: async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, values)).rows,
    close: async () => {
      await client.end();
      await root.query(`drop database ${name} with (force)`);
      await root.end();
    },
  };
}
