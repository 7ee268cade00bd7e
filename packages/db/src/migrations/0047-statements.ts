import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

/**
 * The inbox keeps one row for each event of a provider, under the id that the event has there. A line of a bank statement
 * is such an event. Its tables have no account: which account an event is of is what staff decide.
 */
const tables = [
  `create table provider_event (
    id uuid primary key, provider text not null check (provider in ('bank_statement', 'stripe', 'paypal')),
    event_id text not null check (char_length(event_id) between 1 and 255), received_at timestamptz not null,
    payload jsonb not null, status text not null check (status in ('waiting', 'processed', 'ignored', 'noted')),
    processed_at timestamptz, processed_by text, reason text, outcome jsonb,
    unique (provider, event_id), check ((status = 'waiting') = (processed_at is null)),
    check ((status = 'processed') = (outcome is not null)))`,
  'create index provider_event_status on provider_event (provider, status, id)',
  `create index provider_event_counterparty on provider_event ((payload ->> 'counterpartyAccount'))
    where status = 'processed' and provider = 'bank_statement'`,
  `create table statement_file (
    id uuid primary key, digest text not null unique, format text not null check (format in ('camt.053', 'mt940', 'csv')),
    size_bytes int not null check (size_bytes >= 1), statements jsonb not null, warnings jsonb not null,
    line_count int not null, new_line_count int not null check (new_line_count between 0 and line_count),
    imported_at timestamptz not null, imported_by text not null)`,
  `create table statement_file_line (
    file_id uuid not null references statement_file (id), position int not null, event_id uuid not null references provider_event (id),
    line_number int not null, primary key (file_id, position))`,
  'create index statement_file_line_event on statement_file_line (event_id)',
];

const forStaff = (table: string, more: Partial<TableIsolation>): TableIsolation => ({
  table,
  read: 'false',
  write: 'false',
  admin: ['select', 'insert'],
  ...more,
});

const decided = ['status', 'processed_at', 'processed_by', 'reason', 'outcome'];
const isolations = [
  forStaff('provider_event', { admin: ['select', 'insert', 'update'], columns: decided }),
  forStaff('statement_file', { admin: ['select', 'insert', 'update'], columns: ['new_line_count'] }),
  forStaff('statement_file_line', {}),
];

/** Staff find the invoice that a line names, whichever account it is of. */
const lookups = [
  'grant select on invoice_directory to tenantry_admin',
  'create policy invoice_directory_admin_select on invoice_directory for select to tenantry_admin using (true)',
  "create index invoice_number_plain on invoice (regexp_replace(upper(number), '[^A-Z0-9]', '', 'g'))",
];

/** Bank statements: the files, and their lines in the inbox of events from providers. */
export class Migration0047Statements extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of tables) this.addSql(sql);
    for (const isolation of isolations) for (const sql of isolationStatements(isolation)) this.addSql(sql);
    for (const sql of lookups) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`do $$ begin
      if exists (select from provider_event where status = 'processed') then
        raise exception 'lines of statements are booked: without their rows a file that is imported again would offer them anew';
      end if;
    end $$`);
    this.addSql('drop index invoice_number_plain');
    this.addSql('drop policy invoice_directory_admin_select on invoice_directory');
    this.addSql('revoke select on invoice_directory from tenantry_admin');
    this.addSql('drop table statement_file_line, statement_file, provider_event');
  }
}
