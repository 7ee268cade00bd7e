import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const tables = [
  `create table owed_credit (
    account_id uuid not null references account (id), id uuid not null, at timestamptz not null,
    kind text not null check (kind in ('owed', 'collected')), amount bigint not null check (amount > 0),
    invoice_id uuid not null, actor text not null, request_id text not null, primary key (account_id, id),
    foreign key (account_id, invoice_id) references invoice (account_id, id))`,
  `create table payment_approval (
    account_id uuid not null, payment_id uuid not null, approved_by text not null, at timestamptz not null,
    reference text not null, invoice_id uuid not null, amount bigint not null check (amount > 0), currency text not null,
    primary key (account_id, payment_id),
    foreign key (account_id, payment_id) references payment (account_id, id),
    foreign key (account_id, invoice_id) references invoice (account_id, id))`,
];

const isolation = [
  tenantTable('owed_credit', {
    api: ['select', 'insert'],
    admin: ['select', 'insert'],
    worker: ['select', 'insert'],
  }),
  tenantTable('payment_approval', { admin: ['select', 'insert'] }),
];

const moves = (list: string) =>
  `constraint money_entry_kind_check check ((kind, from_book, to_book) in (${list}))`;
const former = `('payment', 'received', 'balance'), ('apply', 'balance', 'invoiced'), ('release', 'invoiced', 'balance'),
  ('return', 'balance', 'returned'), ('refund', 'balance', 'refunded')`;
const subject = (kinds: string) => `constraint money_entry_subject_check check (
  case when kind in (${kinds}) then invoice_id is not null else payment_id is not null end)`;

const replaceChecks = (list: string, kinds: string) =>
  `alter table money_entry drop constraint money_entry_kind_check, drop constraint money_entry_subject_check,
    add ${moves(list)}, add ${subject(kinds)}`;

/**
 * What money that goes back needs: credits that were spent and not paid, the first of two approvals, and until when an
 * account stays usable while staff have not looked at its payment. Staff take periods away that were not paid.
 */
export class Migration0042MoneyBack extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [...tables, ...isolation.flatMap(isolationStatements)]) this.addSql(sql);
    this.addSql(
      replaceChecks(`${former}, ('credit', 'invoiced', 'refunded')`, "'apply', 'release', 'credit'"),
    );
    this.addSql('alter table subscription add column review_until timestamptz');
    this.addSql('grant delete on subscription_period to tenantry_admin');
    this.addSql(
      'create policy subscription_period_admin_delete on subscription_period for delete to tenantry_admin using (true)',
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop policy subscription_period_admin_delete on subscription_period');
    this.addSql('revoke delete on subscription_period from tenantry_admin');
    this.addSql('alter table subscription drop column review_until');
    // It is refused while there is money of a paid invoice that was sent back.
    this.addSql(replaceChecks(former, "'apply', 'release'"));
    this.addSql('drop table payment_approval, owed_credit');
  }
}
