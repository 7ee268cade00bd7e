import { migrate } from '@tenantry/db/migrate';
import { launchPostgres } from '@tenantry/embedded-postgres/launch';
import { applyDemoCatalogue, roleUrl, roleUrls } from '@tenantry/testing/cluster';
import pg from 'pg';

/** A migrated database for one bench, with operations that only a bench may use. */
export interface BenchDatabase {
  url(role: string): string;
  /** Runs a statement as the superuser, without row security and without time limits. */
  run(sql: string, values?: unknown[]): Promise<void>;
  /** How many rows a statement answers, as the superuser. */
  count(sql: string): Promise<number>;
  /** Puts every account on the internal plan without limits. */
  unthrottle(): Promise<void>;
  /** Limits the reads per minute of the plan without limits. `undefined` removes the limit. */
  limitReads(rate?: number): Promise<void>;
}

/** A PostgreSQL for one bench, in a temporary folder. */
export interface BenchCluster {
  /** Creates a database with our schema. */
  openDatabase(name: string): Promise<BenchDatabase>;
  /** Creates an empty database for a program that has its own schema. Answers its URL. */
  emptyDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and creates the owner of our schema. */
export async function openBenchCluster(folder: string, { fsync = false } = {}): Promise<BenchCluster> {
  const postgres = await launchPostgres({ folder: `${folder}/postgres`, fsync, connectionsMax: 400 });
  const superuserUrl = postgres.superuserUrl('postgres');
  await runOn(superuserUrl, 'create role tenantry_owner login nosuperuser createrole nobypassrls');
  return {
    openDatabase: async (name) => {
      await runOn(superuserUrl, `create database ${name} owner tenantry_owner`);
      const url = (role: string) => roleUrl(postgres.socketFolder, role, name);
      await migrate(url('tenantry_owner'), roleUrls(postgres.socketFolder, name));
      await applyDemoCatalogue(url('tenantry_owner'));
      return benchDatabase(url);
    },
    emptyDatabase: async (name) => {
      await runOn(superuserUrl, `create database ${name}`);
      return postgres.superuserUrl(name);
    },
    stop: postgres.stop,
  };
}

/** Opens a database on its own PostgreSQL. `stop` stops both. */
export async function openBenchDatabase(folder: string): Promise<BenchDatabase & { stop(): Promise<void> }> {
  const cluster = await openBenchCluster(folder);
  return { ...(await cluster.openDatabase('bench')), stop: cluster.stop };
}

function benchDatabase(url: (role: string) => string): BenchDatabase {
  const run: BenchDatabase['run'] = async (sql, values) => void (await runOn(url('postgres'), sql, values));
  return {
    url,
    run,
    count: (sql) => runOn(url('postgres'), sql),
    unthrottle: () =>
      run(`update subscription set plan_id = (select id from plan where slug = 'unthrottled'),
        status = 'active', period_end = now() + interval '20 days'`),
    limitReads: (rate = 1_000_000_000) =>
      run(
        `update plan set throttle_rates = throttle_rates || jsonb_build_object('content_read', $1::int)
        where slug = 'unthrottled'`,
        [rate],
      ),
  };
}

/** Runs a statement, and answers how many rows it reached. */
async function runOn(url: string, sql: string, values: unknown[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
