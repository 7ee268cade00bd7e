import { Migration } from '@mikro-orm/migrations';

/** Which writes change what a gate keeps of an account, a key, a person or a plan; none of them is a credit write. */
const triggers: readonly [name: string, table: string, on: string, kind: string, column: string][] = [
  ['account_facts', 'account', 'update', 'account', 'id'],
  ['subscription_facts', 'subscription', 'update', 'account', 'account_id'],
  ['membership_facts', 'membership', 'insert or update or delete', 'membership', 'user_id'],
  ['api_key_facts', 'api_key', 'update of revoked_at, expires_at, scopes, site_id', 'key', 'key_id'],
  ['session_facts', 'session', 'update of revoked_at, expires_at', 'session', 'id'],
  ['plan_facts', 'plan', 'update', 'plan', 'id'],
];

/** Tells every process of a change to the facts its gate keeps, when the change commits. */
export class Migration0002Facts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`create function notify_facts() returns trigger language plpgsql as $$
      begin
        perform pg_notify('tenantry_facts', tg_argv[0] || ':' ||
          ((case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end) ->> tg_argv[1]));
        return null;
      end $$`);
    for (const [name, table, on, kind, column] of triggers)
      this.addSql(
        `create trigger ${name} after ${on} on ${table} for each row execute function notify_facts('${kind}', '${column}')`,
      );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const [name, table] of triggers) this.addSql(`drop trigger ${name} on ${table}`);
    this.addSql('drop function notify_facts');
  }
}
