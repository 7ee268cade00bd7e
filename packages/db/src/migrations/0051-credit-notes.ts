import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

/** Only staff write one, with the refund of a paid invoice, and nobody changes it. */
const table = `create table credit_note (
  account_id uuid not null references account (id), id uuid not null, number text not null,
  invoice_id uuid not null, invoice_number text not null, invoice_created_at timestamptz not null, payment_id uuid not null,
  issuer jsonb, customer jsonb not null, lines jsonb not null, amount bigint not null check (amount > 0),
  tax_rate_basis_points int, tax_amount bigint not null, currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null, primary key (account_id, id),
  foreign key (account_id, invoice_id) references invoice (account_id, id),
  foreign key (account_id, payment_id) references payment (account_id, id),
  constraint credit_note_tax_check check (tax_amount between 0 and amount
    and (tax_rate_basis_points is not null or tax_amount = 0)))`;

/** What is unique across accounts stands in a directory, which is not sharded by account. */
const directory = `create table credit_note_directory (
  series text not null, number bigint not null check (number >= 1), account_id uuid not null, credit_note_id uuid not null,
  primary key (series, number))`;

const isolation = [
  tenantTable('credit_note', { api: ['select'], admin: ['select', 'insert'] }),
  tenantTable('credit_note_directory', { admin: ['insert'] }),
];

/** A series of credit notes has a longer name than that of the invoices. Staff take its numbers. */
const series = (
  charactersMax: number,
) => `alter table invoice_series drop constraint invoice_series_series_check,
  add constraint invoice_series_series_check check (char_length(series) between 1 and ${charactersMax})`;

/** Credit notes: what an account gets when money of a paid invoice is sent back. Refunds from before have none. */
export class Migration0051CreditNotes extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [table, directory, ...isolation.flatMap(isolationStatements)]) this.addSql(sql);
    this.addSql('create index credit_note_invoice on credit_note (account_id, invoice_id)');
    this.addSql(series(40));
    this.addSql('grant select, insert, update on invoice_series to tenantry_admin');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`do $$ begin
      if exists (select from credit_note) then
        raise exception 'there are credit notes, which must be kept: the schema before has no place for them';
      end if;
    end $$`);
    this.addSql('revoke select, insert, update on invoice_series from tenantry_admin');
    this.addSql(series(20));
    this.addSql('drop table credit_note, credit_note_directory');
  }
}
