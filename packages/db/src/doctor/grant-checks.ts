import { type Check, grants } from './check.ts';

/** Tables to which rows are added and never changed. */
const appendOnly = `('ledger_entry', 'audit_entry', 'security_event', 'key_directory', 'account_directory', 'account_import', 'external_reference', 'money_entry', 'owed_credit', 'payment_approval', 'payment_proof_request')`;

/**
 * What the API never does: staff decide on payments and on service keys, and the worker deletes counts. Of
 * a service key the API updates one column, which is no privilege on the table.
 */
const neverByApi = `(values ('payment', 'UPDATE'), ('throttle_bucket', 'DELETE'),
  ('service_key', 'INSERT'), ('service_key', 'UPDATE'), ('service_key', 'DELETE'))`;

/** Privileges: what a role may do with a table, and what runs with the rights of another. */
export const grantChecks: readonly Check[] = [
  `select format('%s may %s append-only table %s', grantee, lower(privilege_type), relname) as fault from (${grants}) g
    where grantee like 'tenantry\\_%' and grantee <> owner and privilege_type in ('UPDATE', 'DELETE')
    and relname in ${appendOnly}`,
  `select format('%s may read security_event', grantee) as fault from (${grants}) g
    where relname = 'security_event' and grantee = 'tenantry_api' and privilege_type = 'SELECT'`,
  `select format('tenantry_api may %s table %s, which no code of the API does', lower(privilege_type), relname) as fault
    from (${grants}) g where grantee = 'tenantry_api' and (relname::text, privilege_type) in (select * from ${neverByApi} never)`,
  `select format('%s may %s table %s', grantee, lower(privilege_type), relname) as fault from (${grants}) g
    where grantee = 'PUBLIC' or (grantee like 'tenantry\\_%' and grantee <> owner
      and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES'))`,
  `select format('function %s runs with its owner''s rights', p.oid::regprocedure) as fault
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef`,
  `select format('view %s reads with its owner''s rights', c.relname) as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm')
    and not coalesce(c.reloptions::text like '%security_invoker=%', false)`,
];
