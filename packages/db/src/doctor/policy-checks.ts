import { type Check, grants, isolated, roles } from './check.ts';

/** Each policy once for each login role and verb that it applies to; a policy to PUBLIC applies to every role. */
const applied = `select policy.oid, policy.polname, policy.polrelid, role.rolname, verb.name as verb
from pg_policy policy
join pg_roles role on role.rolname in ${roles} and (policy.polroles = '{0}' or role.oid = any (policy.polroles))
join (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) as verb(name, letter)
  on policy.polcmd in ('*', verb.letter::"char")`;

/** The conditions of each policy as text; an update without a check of its own checks what it uses. */
const conditions = `select policy.oid, policy.polname, policy.polrelid, pg_get_expr(tree, policy.polrelid) as condition, tree::text as tree
from pg_policy policy cross join lateral (values (policy.polqual), (policy.polwithcheck)) as part(tree) where tree is not null`;

const context = '(current_account_id|current_user_id|presented_digest|current_account_is_system)\\(\\)';

/** Row security: who sees and writes which row. A distributed PostgreSQL keeps permissive policies alone. */
export const policyChecks: readonly Check[] = [
  `select format('table %s has no forced row security', relname) as fault from (${isolated}) t
    where not relrowsecurity or not relforcerowsecurity`,
  `select format('%s may %s %s, and no policy says which rows', grantee, lower(privilege_type), relname) as fault
    from (${grants}) granted join (${isolated}) t using (oid, relname)
    where grantee in ${roles} and privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and not exists
      (select 1 from (${applied}) a where a.polrelid = t.oid and a.rolname = grantee and a.verb = lower(privilege_type))`,
  `select format('%s has more than one policy for %s to %s: %s', polrelid::regclass, rolname, verb,
      string_agg(polname, ', ' order by polname)) as fault
    from (${applied}) a group by polrelid, rolname, verb having count(*) > 1`,
  `select format('policy %s on %s is restrictive', polname, polrelid::regclass) as fault from pg_policy where not polpermissive`,
  `select format('policy %s on %s holds a sub-query', polname, polrelid::regclass) as fault
    from (${conditions}) c where tree like '%{SUBLINK %'`,
  `select format('policy %s on %s lets tenantry_api past without asking for whom', a.polname, a.polrelid::regclass) as fault
    from (${applied}) a join (${conditions}) c using (oid)
    where a.rolname = 'tenantry_api' and c.condition !~ '${context}'`,
];
