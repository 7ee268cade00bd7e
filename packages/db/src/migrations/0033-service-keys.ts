import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

const tables = [
  `create table service_key (
    id uuid primary key, key_id text not null unique, name text not null, prefix text not null, digest text not null,
    mode text not null check (mode in ('live', 'test')), scopes jsonb not null, allowed_addresses jsonb not null default '[]',
    calls_per_minute int not null check (calls_per_minute between 1 and 10000000),
    expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, created_by text not null,
    predecessor_id uuid unique references service_key (id), created_at timestamptz not null, version int not null default 1)`,
  `create table account_directory (
    external_id text primary key check (external_id ~ '^[!-~]{1,200}$'),
    account_id uuid not null unique references account (id))`,
];

/** Keys of the operator's own backend. The API sees the one whose public id was presented. */
const serviceKey: TableIsolation = {
  table: 'service_key',
  read: 'key_id = presented_digest()',
  write: 'false',
  columns: ['expires_at', 'revoked_at', 'version'],
  api: ['select'],
  admin: ['select', 'insert', 'update'],
};

/** The API writes down when a key was last used, and nothing else of it. */
const lastUse = [
  'grant update (last_used_at) on service_key to tenantry_api',
  `create policy service_key_api_update on service_key for update to tenantry_api
    using (key_id = presented_digest()) with check (key_id = presented_digest())`,
];

/** Which account an id of the operator's own product names; shows the one whose id was presented. */
const accountDirectory: TableIsolation = {
  table: 'account_directory',
  read: 'external_id = presented_digest() or account_id = current_account_id()',
  write: 'account_id = current_account_id()',
  api: ['select', 'insert'],
  admin: ['select'],
};

const announced = 'revoked_at, expires_at, scopes, allowed_addresses, calls_per_minute, digest, mode';

/** Service keys, which act for any account that their calls name, and the operator's own ids of accounts. */
export class Migration0033ServiceKeys extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of tables) this.addSql(sql);
    for (const isolation of [serviceKey, accountDirectory])
      for (const sql of isolationStatements(isolation)) this.addSql(sql);
    for (const sql of lastUse) this.addSql(sql);
    this.addSql(`create trigger service_key_access after update of ${announced} or delete on service_key
      for each row execute function notify_access_change('service_key', 'key_id')`);
    this.addSql('alter table account add column external_id text');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table account drop column external_id');
    this.addSql('drop table account_directory, service_key');
  }
}
