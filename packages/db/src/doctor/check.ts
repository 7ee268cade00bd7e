/** A question to the catalogue that answers one sentence in the column `fault` for each thing that is wrong. */
export type Check = string;

/** The login roles, as a list for SQL. */
export const roles = `('tenantry_api', 'tenantry_admin', 'tenantry_worker')`;

/** Tables of people, which have row security and no account. */
const personal = `('account', 'app_user', 'session', 'email_token', 'sign_in_guard', 'email_bound', 'trial_claim', 'second_factor', 'recovery_code', 'refresh_token', 'platform_metric', 'service_key')`;

/** Every table that must have row security: those with an account, and those of people. */
export const isolated = `select relation.oid, relation.relname, relation.relrowsecurity, relation.relforcerowsecurity
from pg_class relation join pg_namespace space on space.oid = relation.relnamespace
where space.nspname = 'public' and relation.relkind in ('r', 'p') and (relation.relname in ${personal}
or exists (select 1 from pg_attribute a where a.attrelid = relation.oid and a.attname = 'account_id' and not a.attisdropped))`;

/** Every privilege on a table. The catalogue itself: the information schema hides what others were granted. */
export const grants = `select relation.oid, relation.relname, coalesce(grantee.rolname, 'PUBLIC') as grantee, owner.rolname as owner, acl.privilege_type
from pg_class relation join pg_namespace space on space.oid = relation.relnamespace and space.nspname = 'public'
join pg_roles owner on owner.oid = relation.relowner
cross join aclexplode(relation.relacl) acl left join pg_roles grantee on grantee.oid = acl.grantee
where relation.relkind in ('r', 'p', 'v', 'm')`;
