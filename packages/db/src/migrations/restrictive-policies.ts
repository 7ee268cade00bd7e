/** The login roles. They own nothing and may not become each other. */
export const loginRoles = ['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const;

const account = "nullif(current_setting('app.account', true), '')::uuid";
const user = "nullif(current_setting('app.user', true), '')::uuid";
const presented = "nullif(current_setting('app.presented', true), '')";

/** Expressions a policy may use: who the transaction says it is. */
export const context = { account, user, presented };

/**
 * Statements that isolate a tenant table until 0015: forced row security, one permissive policy, one restrictive
 * policy that a later permissive one cannot widen, and policies for owner, admin and worker.
 */
export function restrictivePolicies(table: string, column = 'account_id', orSelect?: string): string[] {
  const own = `${column} = ${account}`;
  const readable = orSelect === undefined ? own : `(${own} or ${orSelect})`;
  const restrict = (verb: string, clause: string) =>
    `create policy ${table}_wall_${verb} on ${table} as restrictive for ${verb} to tenantry_api ${clause}`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${table}_tenant on ${table} to tenantry_api using (${readable}) with check (${own})`,
    restrict('select', `using (${readable})`),
    restrict('insert', `with check (${own})`),
    restrict('update', `using (${own}) with check (${own})`),
    restrict('delete', `using (${own})`),
    ...trustedPolicies(table),
  ];
}

/** Statements that isolate a directory table until 0015: a row shows itself only to who presents its digest or owns it. */
export function directoryStatements(table: string, readable: string, writable: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${table}_directory on ${table} to tenantry_api using (${readable}) with check (${writable})`,
    `create policy ${table}_wall on ${table} as restrictive to tenantry_api using (${readable}) with check (${writable})`,
    ...trustedPolicies(table),
  ];
}

function trustedPolicies(table: string): string[] {
  return [
    `create policy ${table}_owner on ${table} to current_user using (true) with check (true)`,
    `create policy ${table}_admin on ${table} to tenantry_admin using (true) with check (true)`,
    `create policy ${table}_worker on ${table} to tenantry_worker using (true) with check (true)`,
  ];
}
