import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements, tenantTable } from './isolation-policies.ts';

const tables = [
  // Entries from before have no place in a chain.
  'alter table audit_entry add column sequence bigint, add column hash text, add check ((sequence is null) = (hash is null))',
  'create unique index audit_entry_chain on audit_entry (account_id, sequence)',
  `create table audit_head (account_id uuid primary key references account (id), sequence bigint not null, hash text not null)`,
  `alter table security_event add column stripe smallint, add column sequence bigint, add column hash text,
    add check (num_nonnulls(stripe, sequence, hash) in (0, 3))`,
  'create unique index security_event_chain on security_event (stripe, sequence)',
  `create table security_event_head (stripe smallint primary key, sequence bigint not null, hash text not null)`,
  `create table impersonation (account_id uuid not null references account (id), id uuid not null, user_id uuid not null,
    staff_id uuid not null references staff (id), reason text not null, token_digest text not null,
    created_at timestamptz not null, expires_at timestamptz not null, ended_at timestamptz,
    primary key (account_id, id), check (expires_at <= created_at + interval '1 hour'))`,
];

const indexes = [
  'create index audit_entry_newest on audit_entry (id)',
  'create index audit_entry_of_actor on audit_entry (actor, id)',
  'create index security_event_of_actor on security_event (actor, id)',
  'create index impersonation_presented on impersonation (token_digest)',
  'create index impersonation_of_staff on impersonation (staff_id) where ended_at is null',
];

const isolated: TableIsolation[] = [
  tenantTable('audit_head', {
    api: ['select', 'insert', 'update'],
    admin: ['select', 'insert', 'update'],
  }),
  {
    table: 'impersonation',
    read: 'token_digest = presented_digest()',
    write: 'false',
    columns: ['ended_at'],
    api: ['select'],
    admin: ['select', 'insert', 'update'],
  },
];

/** Staff read what was written down. A later migration may say the same. */
const reads = [
  'grant select on audit_entry, security_event to tenantry_admin',
  'drop policy if exists audit_entry_admin_select on audit_entry',
  'create policy audit_entry_admin_select on audit_entry for select to tenantry_admin using (true)',
  'grant select, insert, update on security_event_head to tenantry_api, tenantry_admin',
];

/** Chains of hashes over audit entries and security events, and the impersonations of members by staff. */
export class Migration0056AuditChain extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [...tables, ...indexes]) this.addSql(sql);
    for (const isolation of isolated) for (const sql of isolationStatements(isolation)) this.addSql(sql);
    for (const sql of reads) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table impersonation, security_event_head, audit_head');
    this.addSql('drop policy if exists audit_entry_admin_select on audit_entry');
    this.addSql('revoke select on audit_entry from tenantry_admin');
    this.addSql('drop index audit_entry_newest, audit_entry_of_actor, security_event_of_actor');
    this.addSql('alter table security_event drop column stripe, drop column sequence, drop column hash');
    this.addSql('alter table audit_entry drop column sequence, drop column hash');
  }
}
