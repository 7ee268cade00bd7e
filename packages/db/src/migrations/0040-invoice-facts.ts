import { Migration } from '@mikro-orm/migrations';

/** The last number of each series of invoices. A number is taken in the transaction that writes its invoice. */
const series = [
  `create table invoice_series (
    series text primary key check (char_length(series) between 1 and 20),
    last_number bigint not null check (last_number >= 1))`,
  'grant select, insert, update on invoice_series to tenantry_api, tenantry_worker',
  `create function refuse_skipped_number() returns trigger language plpgsql as $$
  begin
    if new.series <> old.series or new.last_number <> old.last_number + 1 then
      raise exception 'The numbers of the series % have no gap: after % comes the next.', old.series, old.last_number;
    end if;
    return new;
  end $$`,
  `create trigger invoice_series_next before update on invoice_series
    for each row execute function refuse_skipped_number()`,
];

const issuer = [
  `alter table issuer add column tax_rate_basis_points int, add column invoice_prefix text not null default 'INV-',
    add constraint issuer_tax_rate_check check (tax_rate_basis_points between 0 and 10000),
    add constraint issuer_invoice_prefix_check check (char_length(invoice_prefix) between 1 and 20)`,
];

const columns = `alter table invoice
  add column kind text not null default 'subscription',
  add column package_id uuid references credit_package (id),
  add column lines jsonb not null default '[]', add column issuer jsonb, add column payee jsonb,
  add column customer jsonb not null default '{}', add column tax_rate_basis_points int, add column tax_amount bigint not null default 0,
  add column due_at timestamptz, add column period_start timestamptz, add column period_end timestamptz,
  add column amount_paid bigint not null default 0,
  alter column plan_id drop not null`;

/** Invoices that are there have one line, the plan, and keep their numbers. They are due 14 days after they were made. */
const known = `update invoice set
    lines = jsonb_build_array(jsonb_build_object('description', plan.name, 'quantity', 1, 'unitAmount', invoice.amount,
      'amount', invoice.amount, 'period', null)),
    customer = jsonb_build_object('name', account.name),
    due_at = invoice.created_at + interval '14 days',
    amount_paid = case invoice.status when 'paid' then invoice.amount else 0 end
  from plan, account where plan.id = invoice.plan_id and account.id = invoice.account_id`;

const rules = `alter table invoice
  drop constraint invoice_status_check,
  add constraint invoice_status_check check (status in ('open', 'partially_paid', 'paid', 'void')),
  add constraint invoice_kind_check check (kind in ('subscription', 'upgrade', 'package')),
  add constraint invoice_subject_check check (case kind when 'package' then package_id is not null and plan_id is null
    else plan_id is not null and package_id is null end),
  add constraint invoice_paid_check check (case status when 'open' then amount_paid = 0
    when 'partially_paid' then amount_paid between 1 and amount - 1 when 'paid' then amount_paid = amount else amount_paid = 0 end),
  add constraint invoice_tax_check check (tax_amount between 0 and amount and (tax_rate_basis_points is not null or tax_amount = 0)),
  add constraint invoice_period_check check (period_start <= period_end),
  alter column kind drop default, alter column lines drop default, alter column customer drop default,
  alter column tax_amount drop default, alter column amount_paid drop default, alter column due_at set not null`;

/** What is unique across accounts stands in the directory, which is not sharded by account. */
const numbers = `alter table invoice_directory add column series text, add column number bigint,
  add constraint invoice_directory_number_key unique (series, number),
  add constraint invoice_directory_number_check check ((series is null) = (number is null))`;

/**
 * What an invoice says: its kind, lines, issuer, payee and customer as they were, tax, due date, period, and how much of
 * it is paid. New ones are numbered without a gap, one series for each prefix of an issuer.
 */
export class Migration0040InvoiceFacts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [...series, ...issuer, columns, known, rules, numbers]) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`do $$ begin
      if exists (select from invoice where kind = 'package' or status = 'partially_paid') then
        raise exception 'there are invoices for packages, or paid in part, which the schema before does not have';
      end if;
    end $$`);
    this.addSql('alter table invoice_directory drop column series, drop column number');
    this.addSql(`alter table invoice drop constraint invoice_status_check, drop column kind, drop column package_id,
      drop column lines, drop column issuer, drop column payee, drop column customer, drop column tax_rate_basis_points,
      drop column tax_amount, drop column due_at, drop column period_start, drop column period_end, drop column amount_paid,
      alter column plan_id set not null,
      add constraint invoice_status_check check (status in ('open', 'paid', 'void'))`);
    this.addSql('alter table issuer drop column tax_rate_basis_points, drop column invoice_prefix');
    this.addSql('drop table invoice_series');
    this.addSql('drop function refuse_skipped_number');
  }
}
