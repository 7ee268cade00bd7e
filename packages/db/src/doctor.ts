import { type ThrottleRates, faultsOfThrottleRates } from '@tenantry/domain/plans';
import { databaseTimeouts } from '@tenantry/domain/timeouts';
import pg from 'pg';
import type { Check } from './doctor/check.ts';
import { grantChecks } from './doctor/grant-checks.ts';
import { keyChecks } from './doctor/key-checks.ts';
import { policyChecks } from './doctor/policy-checks.ts';
import { roleChecks } from './doctor/role-checks.ts';
import { loginRoles } from './migrations/restrictive-policies.ts';
import { migrationNames } from './orm.ts';

/** What must hold of the schema, whoever asks. */
const schemaChecks = [...policyChecks, ...keyChecks, ...grantChecks];

/** Everything that is wrong with the schema and the plans, as sentences; none when it may serve. */
export async function examineDatabase(url: string): Promise<string[]> {
  return withClient(url, async (client) => [
    ...(await runChecks(client, schemaChecks)),
    ...(await migrationFaults(client)),
    ...(await planFaults(client)),
  ]);
}

/** Everything that is wrong with a login role, as sentences; none when a process may run as it. */
export async function examineRole(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { username } = new URL(url);
    const unknown = loginRoles.some((role) => role === username)
      ? []
      : [`${username} is not a login role of the app`];
    return [...unknown, ...(await runChecks(client, roleChecks))];
  });
}

/** Throws one error that names every fault, so that no process serves from an unsafe database. */
export async function refuseUnsafe(url: string): Promise<void> {
  const faults = [...(await examineRole(url)), ...(await examineDatabase(url))];
  if (faults.length > 0) throw new Error(`the database is not safe to serve from: ${faults.join('; ')}`);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: databaseTimeouts.connectMilliseconds,
    query_timeout: databaseTimeouts.silenceMilliseconds,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function runChecks(client: pg.Client, checks: readonly Check[]): Promise<string[]> {
  const faults: string[] = [];
  for (const sql of checks) {
    const { rows } = await client.query<{ fault: string }>(sql);
    faults.push(...rows.map((row) => row.fault));
  }
  return faults;
}

/** Migrations that the database and the code do not share. */
async function migrationFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select name from mikro_orm_migrations`);
  const applied = new Set(rows.map((row) => row.name));
  const missing = migrationNames.filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !migrationNames.includes(name));
  return [
    ...missing.map((name) => `the schema is behind the code: ${name} is not applied`),
    ...unknown.map((name) => `the schema is ahead of the code: ${name} is unknown`),
  ];
}

/** Plans whose rates break a rule. A constraint refuses them; a database that was restored may have lost it. */
async function planFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; rates: ThrottleRates }>(
    `select format('plan %s, version %s', slug, plan_version) as name, throttle_rates as rates from plan`,
  );
  return rows.flatMap(({ name, rates }) => faultsOfThrottleRates(rates).map((fault) => `${name}: ${fault}`));
}
