import type { Check } from './check.ts';

/** The role that asks: it is bound by row security, and cannot change what binds it. */
export const roleChecks: readonly Check[] = [
  `select format('role %s can bypass row security', rolname) as fault from pg_roles
    where rolname = current_user and (rolsuper or rolbypassrls)`,
  `select format('role %s can become role %s', current_user, rolname) as fault from pg_roles
    where rolname <> current_user and pg_has_role(current_user, oid, 'MEMBER')`,
  `select format('role %s owns table %s', current_user, c.relname) as fault from pg_class c
    join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
    where n.nspname = 'public' and c.relkind in ('r', 'p') and r.rolname = current_user`,
  `select format('role %s can create tables', current_user) as fault where has_schema_privilege('public', 'CREATE')`,
];
