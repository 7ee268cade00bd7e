import pg from 'pg';

/** A connection to a database of the old product, which has none of our roles and policies. */
export interface OldDatabase {
  /** Sends one constant statement and answers its rows. */
  send<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A row that a statement answers, as pg types it. */
type Answered = pg.QueryResultRow;

/**
 * Connects to a database of the old product for the time of the work. Its statements have no time bound: a bound that ends
 * the build of an index leaves an index behind that is not valid.
 */
export async function withOldDatabase<T>(url: string, work: (old: OldDatabase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'tenantry-igny8' });
  // A connection that is lost fails the statement that waits for it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(
      "select set_config('statement_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false)",
    );
    return await work({
      send: async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
        const { rows } = await client.query<Row & Answered>(sql, [...values]);
        return rows;
      },
    });
  } finally {
    await client.end();
  }
}

// Waiting for this lock would hold up the build of an index, so nobody waits.
const lock = "select pg_try_advisory_lock(hashtext('tenantry_igny8')) as locked";

/** Keeps other runs away from a database until the connection ends. Throws while another one is there. */
export async function lockOldDatabase(old: OldDatabase): Promise<void> {
  const [answer] = await old.send<{ locked: boolean }>(lock);
  if (answer?.locked !== true)
    throw new Error('another run reads or changes this database: wait until it has ended');
}

/** The tables of the old product that Tenantry reads or changes. */
const tables = [
  'igny8_plans',
  'igny8_tenants',
  'igny8_users',
  'igny8_subscriptions',
  'igny8_sites',
  'igny8_sectors',
  'igny8_credit_transactions',
] as const;

const missing = 'select name from unnest($1::text[]) as name where to_regclass(name) is null order by name';

/** Throws a sentence that names the tables that a database lacks, or those of `needed` that it lacks. */
export async function requireOldTables(
  old: OldDatabase,
  needed: readonly (typeof tables)[number][] = tables,
): Promise<void> {
  const lacking = await old.send<{ name: string }>(missing, [needed]);
  if (lacking.length === 0) return;
  const names = lacking.map(({ name }) => name).join(', ');
  throw new Error(`the source is not a database of igny8: it has no table ${names} in its search path`);
}
