import { migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';
import { launchPostgres } from '@tenantry/embedded-postgres/launch';
import { roleUrl, roleUrls } from '@tenantry/testing/cluster';
import pg from 'pg';

/** A migrated database of a bench's own, with what only a bench may do to it. */
export interface BenchDatabase {
  url(role: string): string;
  /** Runs a statement as the superuser, past every wall and without any bound. */
  run(sql: string, values?: unknown[]): Promise<void>;
  /** Puts every account on the internal plan without limits. */
  unthrottle(): Promise<void>;
  /** Lets the plan without limits read so often a minute; undefined takes the limit away again. */
  limitReads(rate?: number): Promise<void>;
}

/** A PostgreSQL of a bench's own, in a folder that is thrown away. */
export interface BenchCluster {
  /** Makes a database with the house's schema in it. */
  openDatabase(name: string): Promise<BenchDatabase>;
  /** Makes an empty database and answers its URL, for a program that brings its own schema. */
  emptyDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, with the owner of every schema in it. */
export async function openBenchCluster(folder: string, { fsync = false } = {}): Promise<BenchCluster> {
  const postgres = await launchPostgres({ folder: `${folder}/postgres`, fsync, connectionsMax: 400 });
  const superuserUrl = postgres.superuserUrl('postgres');
  await runOn(superuserUrl, 'create role tenantry_owner login nosuperuser createrole nobypassrls');
  return {
    openDatabase: async (name) => {
      await runOn(superuserUrl, `create database ${name} owner tenantry_owner`);
      const url = (role: string) => roleUrl(postgres.socketFolder, role, name);
      await migrate(url('tenantry_owner'), roleUrls(postgres.socketFolder, name));
      await seedReference(url('tenantry_owner'));
      return benchDatabase(url);
    },
    emptyDatabase: async (name) => {
      await runOn(superuserUrl, `create database ${name}`);
      return postgres.superuserUrl(name);
    },
    stop: postgres.stop,
  };
}

/** A database on a PostgreSQL of its own, both ended by `stop`. */
export async function openBenchDatabase(folder: string): Promise<BenchDatabase & { stop(): Promise<void> }> {
  const cluster = await openBenchCluster(folder);
  return { ...(await cluster.openDatabase('bench')), stop: cluster.stop };
}

function benchDatabase(url: (role: string) => string): BenchDatabase {
  const run: BenchDatabase['run'] = (sql, values) => runOn(url('postgres'), sql, values);
  return {
    url,
    run,
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

async function runOn(url: string, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
