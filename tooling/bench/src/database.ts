import { migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';
import { launchPostgres } from '@tenantry/embedded-postgres/launch';
import { roleUrl, roleUrls } from '@tenantry/testing/cluster';
import pg from 'pg';

const name = 'bench';
const numbered = (prefix: string) => `('${prefix}-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid`;
const [account, grant] = [numbered('0198f000'), numbered('0198f001')];
const credits = 1_000_000_000;
const accountsSql = [
  `insert into account (id, name, created_at) select ${account}, 'Account ' || number, now() from generate_series(1, $1) number`,
  `insert into credit_balance (account_id, granted, available, sequence) select ${account}, ${credits}, ${credits}, 0 from generate_series(1, $1) number`,
  `insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select ${account}, ${grant}, 'purchase', ${credits}, ${credits}, 0, 'bench', now() from generate_series(1, $1) number`,
];

/** A migrated database of a bench's own, in a folder that is thrown away. */
export async function openBenchDatabase(folder: string, { fsync = false } = {}) {
  const postgres = await launchPostgres({ folder: `${folder}/postgres`, fsync });
  const superuser = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await superuser.connect();
  await superuser.query('create role tenantry_owner login nosuperuser createrole nobypassrls');
  await superuser.query(`create database ${name} owner tenantry_owner`);
  await superuser.end();
  const url = (role: string) => roleUrl(postgres.socketFolder, role, name);
  await migrate(url('tenantry_owner'), roleUrls(postgres.socketFolder, name));
  await seedReference(url('tenantry_owner'));
  async function run(sql: string, values: unknown[] = []): Promise<void> {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    await client.query(sql, values);
    await client.end();
  }
  return {
    url,
    stop: postgres.stop,
    /** Puts every account on the internal plan without limits. */
    unthrottle: () =>
      run(`update subscription set plan_id = (select id from plan where slug = 'unthrottled'),
        status = 'active', period_end = now() + interval '20 days'`),
    /** Makes accounts that are numbered from 1, each with a thousand million credits of one grant. */
    seedAccounts: async (count: number) => {
      for (const sql of accountsSql) await run(sql, [count]);
      await run('analyze');
    },
    /** Lets the plan without limits read so often a minute; undefined takes the limit away again. */
    limitReads: (rate = 1_000_000_000) =>
      run(
        `update plan set throttle_rates = throttle_rates || jsonb_build_object('content_read', $1::int)
        where slug = 'unthrottled'`,
        [rate],
      ),
  };
}
