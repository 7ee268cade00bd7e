import { loginRoles } from './restrictive-policies.ts';

/** What a statement does to rows, as far as policies and grants tell statements apart. */
const verbs = ['select', 'insert', 'update', 'delete'] as const;
type Verb = (typeof verbs)[number];

/** Which rows of a table the API sees and writes, and what each login role may do with the table. */
export interface TableIsolation {
  table: string;
  /** The condition of a row that the API may read. */
  read: string;
  /** The condition of a row that the API may insert, update or delete. */
  write: string;
  /** The condition of a row that the API may insert, where it is narrower than `write`. */
  insert?: string;
  /** The columns that may be updated, where not all may. */
  columns?: readonly string[];
  api?: readonly Verb[];
  admin?: readonly Verb[];
  worker?: readonly Verb[];
}

/** A tenant table: the API sees and writes the rows of the account that the transaction has entered. */
export const tenantTable = (
  table: string,
  grants: Pick<TableIsolation, 'api' | 'admin' | 'worker'>,
): TableIsolation => ({
  table,
  read: 'account_id = current_account_id()',
  write: 'account_id = current_account_id()',
  ...grants,
});

/** The statements that isolate a table: forced row security, the grants of each role, and a policy for each grant. */
export function isolationStatements(isolation: TableIsolation): string[] {
  const { table } = isolation;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    ...grantStatements(isolation),
    ...policyStatements(isolation),
  ];
}

/** Drops every policy of a table, whichever migration made it, before its isolation is stated anew. */
export const dropPoliciesOf = (table: string): string => `do $$
  declare known record;
  begin
    for known in select policyname from pg_policies where schemaname = 'public' and tablename = '${table}' loop
      execute format('drop policy %I on ${table}', known.policyname);
    end loop;
  end $$`;

/** Takes every privilege on a table from the login roles and grants what the isolation lists. */
function grantStatements(isolation: TableIsolation): string[] {
  const { table, columns } = isolation;
  const privilege = (verb: Verb) =>
    verb === 'update' && columns !== undefined ? `update (${columns.join(', ')})` : verb;
  return [
    `revoke all on ${table} from ${loginRoles.join(', ')}`,
    ...grantsOf(isolation)
      .filter(({ granted }) => granted.length > 0)
      .map(({ role, granted }) => `grant ${granted.map(privilege).join(', ')} on ${table} to ${role}`),
  ];
}

/**
 * One permissive policy for each role and verb. Each is sufficient alone: no second policy narrows it, because a
 * distributed PostgreSQL does not keep restrictive policies on its shards.
 */
function policyStatements(isolation: TableIsolation): string[] {
  const { table } = isolation;
  const owner = `create policy ${table}_owner on ${table} to current_user using (true) with check (true)`;
  const others = grantsOf(isolation).flatMap(({ role, granted }) =>
    granted.map((verb) => {
      const name = `${table}_${role.replace('tenantry_', '')}_${verb}`;
      const clause = clauseOf(verb, role === 'tenantry_api' ? isolation : everyRow);
      return `create policy ${name} on ${table} for ${verb} to ${role} ${clause}`;
    }),
  );
  return [owner, ...others];
}

/** Staff and the worker work across accounts; the ORM's filter binds their changes to one. */
const everyRow = { read: 'true', write: 'true' };

function clauseOf(verb: Verb, { read, write, insert = write }: Omit<TableIsolation, 'table'>): string {
  if (verb === 'select') return `using (${read})`;
  if (verb === 'insert') return `with check (${insert})`;
  if (verb === 'delete') return `using (${write})`;
  return `using (${write}) with check (${write})`;
}

function grantsOf({ api = [], admin = [], worker = [] }: TableIsolation) {
  const granted = { tenantry_api: api, tenantry_admin: admin, tenantry_worker: worker };
  return loginRoles.map((role) => ({ role, granted: granted[role] }));
}
