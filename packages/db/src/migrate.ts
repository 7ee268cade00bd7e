import { databaseTimeouts } from '@tenantry/domain/timeouts';
import pg from 'pg';
import { loginRoles } from './migrations/restrictive-policies.ts';
import { openOrm } from './orm.ts';

/** A role that a process signs in as. */
export type LoginRole = (typeof loginRoles)[number];

/** What no statement and no transaction of a login role exceeds, also where a pooler drops what the client asks for. */
const bounds = [
  `statement_timeout = ${databaseTimeouts.statementMilliseconds}`,
  `lock_timeout = ${databaseTimeouts.lockMilliseconds}`,
  `idle_in_transaction_session_timeout = ${databaseTimeouts.idleInTransactionMilliseconds}`,
];

/** Creates the login roles from the URLs that use them, then brings the schema up to the code. */
export async function migrate(ownerUrl: string, roleUrls: readonly string[]): Promise<string[]> {
  await createRoles(ownerUrl, roleUrls);
  const orm = await openOrm(ownerUrl, 1);
  try {
    const applied = await orm.migrator.up();
    return applied.map((migration) => migration.name);
  } finally {
    await orm.close(true);
  }
}

/** The login roles that this server does not have yet. */
export async function findMissingRoles(ownerUrl: string): Promise<LoginRole[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const sql = 'select rolname from pg_roles where rolname = any ($1)';
    const { rows } = await client.query<{ rolname: string }>(sql, [loginRoles]);
    return loginRoles.filter((role) => !rows.some(({ rolname }) => rolname === role));
  } finally {
    await client.end();
  }
}

async function createRoles(ownerUrl: string, roleUrls: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const url of roleUrls) {
      const { username, password } = new URL(url);
      if (!loginRoles.some((role) => role === username))
        throw new Error(`${username} is not a login role of the app`);
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [username]);
      const options = `login nosuperuser nobypassrls password ${client.escapeLiteral(decodeURIComponent(password))}`;
      if (rowCount !== 0) continue;
      const role = client.escapeIdentifier(username);
      await client.query(`create role ${role} ${options}`);
      for (const bound of bounds) await client.query(`alter role ${role} set ${bound}`);
    }
  } finally {
    await client.end();
  }
}
