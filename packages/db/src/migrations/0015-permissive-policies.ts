import { Migration } from '@mikro-orm/migrations';
import { formerGrants, formerPolicies } from './0015-former-isolation.ts';
import { isolatedTables } from './0015-table-isolation.ts';
import { contextFunctions, dropContextFunctions, enterAccount } from './isolation-functions.ts';
import { isolationStatements } from './isolation-policies.ts';

const directoryTable = `create table membership_directory (
  user_id uuid not null, account_id uuid not null, primary key (user_id, account_id),
  foreign key (account_id, user_id) references membership (account_id, user_id))`;

const dropPolicies = `do $$
  declare known record;
  begin
    for known in select policyname, tablename from pg_policies where schemaname = 'public' loop
      execute format('drop policy %I on %I', known.policyname, known.tablename);
    end loop;
  end $$`;

const triggered = ['account', 'subscription', 'membership', 'api_key', 'session', 'plan'];

const notifyBody = (channel: string) => `returns trigger language plpgsql as $$
      begin
        perform pg_notify('${channel}', tg_argv[0] || ':' ||
          ((case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end) ->> tg_argv[1]));
        return null;
      end $$`;

/** Renames what announces changes of access: the function, its channel and its triggers. */
const rename = (from: { name: string; channel: string; mark: string }, to: typeof from): string[] => [
  `alter function ${from.name}() rename to ${to.name}`,
  `create or replace function ${to.name}() ${notifyBody(to.channel)}`,
  ...triggered.map(
    (table) => `alter trigger ${table}_${from.mark} on ${table} rename to ${table}_${to.mark}`,
  ),
];

const facts = { name: 'notify_facts', channel: 'tenantry_facts', mark: 'facts' };
const access = { name: 'notify_access_change', channel: 'tenantry_access', mark: 'access' };

/**
 * Isolation that a distributed PostgreSQL keeps: one permissive policy for each role and verb, no sub-query in any,
 * an account that is entered by `set local`, and a directory of each user's accounts. Each role keeps the privileges
 * that it uses.
 */
export class Migration0015PermissivePolicies extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(directoryTable);
    this.addSql(
      'insert into membership_directory (user_id, account_id) select user_id, account_id from membership',
    );
    this.addSql(dropPolicies);
    // Nothing reads memberships of all accounts by user any more.
    this.addSql('drop index membership_by_user');
    for (const sql of [...contextFunctions, enterAccount, ...isolatedTables.flatMap(isolationStatements)])
      this.addSql(sql);
    this.addSql('revoke select on security_event from tenantry_api, tenantry_admin');
    for (const sql of rename(facts, access)) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of rename(access, facts)) this.addSql(sql);
    this.addSql(dropPolicies);
    this.addSql('drop table membership_directory');
    this.addSql('create index membership_by_user on membership (user_id)');
    this.addSql('drop function enter_account(text, text, text, boolean)');
    for (const sql of dropContextFunctions) this.addSql(sql);
    const former = isolatedTables
      .map(({ table }) => table)
      .filter((table) => table !== 'membership_directory');
    for (const sql of [...formerPolicies, ...formerGrants([...former, 'security_event'])]) this.addSql(sql);
  }
}
