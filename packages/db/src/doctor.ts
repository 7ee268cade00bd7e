import pg from 'pg';
import { loginRoles } from './migrations/restrictive-policies.ts';
import { migrationNames } from './orm.ts';

interface Check {
  /** Answers one sentence in the column `fault` for each thing that is wrong. */
  sql: string;
}

const walled = `select relation.oid, relation.relname, relation.relrowsecurity, relation.relforcerowsecurity
from pg_class relation join pg_namespace space on space.oid = relation.relnamespace
where space.nspname = 'public' and relation.relkind in ('r', 'p') and (relation.relname in ('account', 'app_user', 'session', 'email_token', 'sign_in_guard', 'second_factor', 'recovery_code', 'replaced_refresh_token')
or exists (select 1 from pg_attribute a where a.attrelid = relation.oid and a.attname = 'account_id' and not a.attisdropped))`;

const tenantTables = `select attrelid from pg_attribute where attname = 'account_id' and not attisdropped`;

// The catalogue itself: the information schema shows a role nothing of what others were granted.
const grants = `select relation.relname, coalesce(grantee.rolname, 'PUBLIC') as grantee, owner.rolname as owner, acl.privilege_type
from pg_class relation join pg_namespace space on space.oid = relation.relnamespace and space.nspname = 'public'
join pg_roles owner on owner.oid = relation.relowner
cross join aclexplode(relation.relacl) acl left join pg_roles grantee on grantee.oid = acl.grantee
where relation.relkind in ('r', 'p', 'v', 'm')`;

/** What must hold of the schema, whoever looks. Sources: the laws of tenancy and of sharding by account. */
const schemaChecks: Check[] = [
  {
    sql: `select format('table %s is not behind forced row security', relname) as fault from (${walled}) t
      where not relrowsecurity or not relforcerowsecurity`,
  },
  {
    sql: `select format('table %s has no %s policy for tenantry_api to %s', relname, kind, verb) as fault
      from (${walled}) t, (values ('permissive', true), ('restrictive', false)) as kinds(kind, permissive),
        (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) as verbs(verb, letter)
      where not exists (select 1 from pg_policy p where p.polrelid = t.oid and p.polpermissive = kinds.permissive
        and p.polcmd in ('*', verbs.letter::"char")
        and exists (select 1 from pg_roles r where r.oid = any (p.polroles) and r.rolname = 'tenantry_api'))`,
  },
  {
    sql: `select format('policy %s on %s lets tenantry_api see every row', polname, polrelid::regclass) as fault from pg_policy
      where pg_get_expr(polqual, polrelid) = 'true'
      and (polroles = '{0}' or exists (select 1 from pg_roles r where r.oid = any (polroles) and r.rolname = 'tenantry_api'))`,
  },
  {
    sql: `select format('%s on %s does not include account_id', index.indexrelid::regclass, index.indrelid::regclass) as fault
      from pg_index index join pg_class relation on relation.oid = index.indrelid
      where index.indisunique and index.indrelid in (${tenantTables})
      and relation.relname not in ('key_directory', 'external_reference', 'invoice_directory', 'invitation_directory')
      and not exists (select 1 from pg_attribute a where a.attrelid = index.indrelid and a.attname = 'account_id'
        and a.attnum = any (index.indkey))`,
  },
  {
    sql: `select format('foreign key %s on %s does not include account_id', conname, conrelid::regclass) as fault
      from pg_constraint where contype = 'f' and conrelid in (${tenantTables}) and confrelid in (${tenantTables})
      and not exists (select 1 from pg_attribute a where a.attrelid = conrelid and a.attname = 'account_id' and a.attnum = any (conkey))`,
  },
  {
    sql: `select format('account_id may be null on %s', attrelid::regclass) as fault from pg_attribute a
      join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attname = 'account_id' and not a.attnotnull and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname = 'public'`,
  },
  {
    sql: `select format('%s may %s append-only table %s', grantee, lower(privilege_type), relname) as fault from (${grants}) g
      where grantee like 'tenantry\\_%' and grantee <> owner and privilege_type in ('UPDATE', 'DELETE')
      and relname in ('ledger_entry', 'audit_entry', 'security_event', 'key_directory', 'external_reference')`,
  },
  {
    sql: `select format('%s may %s table %s', grantee, lower(privilege_type), relname) as fault from (${grants}) g
      where grantee = 'PUBLIC' or (grantee like 'tenantry\\_%' and grantee <> owner
        and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES'))`,
  },
  {
    sql: `select format('function %s runs with its owner''s rights', p.oid::regprocedure) as fault
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef`,
  },
  {
    sql: `select format('view %s reads with its owner''s rights', c.relname) as fault
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm')
      and not coalesce(c.reloptions::text like '%security_invoker=%', false)`,
  },
];

/** What must hold of the role that looks. */
const roleChecks: Check[] = [
  {
    sql: `select format('role %s can bypass row security', rolname) as fault from pg_roles
      where rolname = current_user and (rolsuper or rolbypassrls)`,
  },
  {
    sql: `select format('role %s can become role %s', current_user, rolname) as fault from pg_roles
      where rolname <> current_user and pg_has_role(current_user, oid, 'MEMBER')`,
  },
  {
    sql: `select format('role %s owns table %s', current_user, c.relname) as fault from pg_class c
      join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
      where n.nspname = 'public' and c.relkind in ('r', 'p') and r.rolname = current_user`,
  },
  {
    sql: `select format('role %s can create tables', current_user) as fault where has_schema_privilege('public', 'CREATE')`,
  },
];

/** Everything that is wrong with the schema, as sentences; none when it may serve. */
export async function examineDatabase(url: string): Promise<string[]> {
  return withClient(url, async (client) => [
    ...(await runChecks(client, schemaChecks)),
    ...(await behind(client)),
  ]);
}

/** Everything that is wrong with a login role, as sentences; none when a process may run as it. */
export async function examineRole(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { username } = new URL(url);
    const strange = loginRoles.some((role) => role === username)
      ? []
      : [`${username} is not a login role of the house`];
    return [...strange, ...(await runChecks(client, roleChecks))];
  });
}

/** Throws one error that names every fault, so that no process serves from an unsafe database. */
export async function refuseUnsafe(url: string): Promise<void> {
  const faults = [...(await examineRole(url)), ...(await examineDatabase(url))];
  if (faults.length > 0) throw new Error(`the database is not safe to serve from: ${faults.join('; ')}`);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function runChecks(client: pg.Client, checks: readonly Check[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { sql } of checks) {
    const { rows } = await client.query<{ fault: string }>(sql);
    faults.push(...rows.map((row) => row.fault));
  }
  return faults;
}

async function behind(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select name from mikro_orm_migrations`);
  const applied = new Set(rows.map((row) => row.name));
  const missing = migrationNames.filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !migrationNames.includes(name));
  return [
    ...missing.map((name) => `the schema is behind the code: ${name} is not applied`),
    ...unknown.map((name) => `the schema is ahead of the code: ${name} is unknown`),
  ];
}
