import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const proposal = `create table credit_proposal (
  account_id uuid not null references account (id), id uuid not null,
  status text not null check (status in ('waiting', 'approved', 'rejected')),
  amount bigint not null check (amount <> 0), kind text not null check (kind in ('purchase', 'promo', 'adjustment')),
  reason text not null check (char_length(reason) between 1 and 500), expires_at timestamptz,
  reference text check (char_length(reference) between 1 and 100),
  proposed_by text not null, proposed_at timestamptz not null, decided_by text, decided_at timestamptz,
  decision text check (char_length(decision) between 1 and 500), entry_id uuid, version int not null,
  primary key (account_id, id),
  check ((status = 'waiting') = (decided_by is null)), check ((decided_by is null) = (decided_at is null)),
  check ((status = 'approved') = (entry_id is not null)),
  check (status <> 'approved' or decided_by <> proposed_by))`;

/** What a change of plan by staff writes: its invoice, as a change by an owner does. */
const invoicing = [
  'insert on invoice',
  'insert on invoice_directory',
  'insert on upgrade_credit',
  'select, insert, update on invoice_series',
];
const insertedTables = ['invoice', 'invoice_directory', 'upgrade_credit'];

/**
 * What staff change of one account: its grace, its plan, and credits above a bound, which two of them decide. A row of the
 * database alone keeps whoever proposed a correction from approving it.
 */
export class Migration0059StaffChangesAccounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table subscription add column grace_until timestamptz');
    this.addSql('create index subscription_grace on subscription (account_id) where grace_until is not null');
    this.addSql(proposal);
    const isolation = tenantTable('credit_proposal', { admin: ['select', 'insert', 'update'] });
    for (const sql of isolationStatements(isolation)) this.addSql(sql);
    this.addSql(
      `create index credit_proposal_waiting on credit_proposal (proposed_at) where status = 'waiting'`,
    );
    for (const grant of invoicing) this.addSql(`grant ${grant} to tenantry_admin`);
    for (const table of insertedTables) {
      this.addSql(`drop policy if exists ${table}_admin_insert on ${table}`);
      this.addSql(
        `create policy ${table}_admin_insert on ${table} for insert to tenantry_admin with check (true)`,
      );
    }
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const table of insertedTables) this.addSql(`drop policy ${table}_admin_insert on ${table}`);
    for (const grant of invoicing) this.addSql(`revoke ${grant} from tenantry_admin`);
    this.addSql('drop table credit_proposal');
    this.addSql('alter table subscription drop column grace_until');
  }
}
