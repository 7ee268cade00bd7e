import { Migration } from '@mikro-orm/migrations';

/** An estimate that was trued up to the same amount has no entry, so its time is that of its settle. */
const truedUp = `update credit_hold hold set trued_up_at = coalesce(correction.at, hold.resolved_at)
  from (select account_id, hold_id from ledger_entry where kind = 'settle'
      and coalesce(facts->>'source', facts->'usage'->>'source') = 'estimated' group by account_id, hold_id) estimate
    left join (select account_id, hold_id, min(at) as at from ledger_entry where kind = 'true_up'
      group by account_id, hold_id) correction using (account_id, hold_id)
  where hold.account_id = estimate.account_id and hold.id = estimate.hold_id and not hold.estimated`;

/** Why an invoice is void, by whom and since when; and when the estimate of a hold was replaced. */
export class Migration0019VoidInvoices extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`alter table invoice add column void_reason text, add column voided_at timestamptz, add column voided_by text,
      add constraint invoice_void_reason_check check (void_reason in ('cancelled', 'superseded', 'voided'))`);
    this.addSql('alter table credit_hold add column trued_up_at timestamptz');
    this.addSql(truedUp);
    this.addSql(
      'create index credit_hold_trued_up on credit_hold (account_id, trued_up_at) where trued_up_at is not null',
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table credit_hold drop column trued_up_at');
    this.addSql('alter table invoice drop column void_reason, drop column voided_at, drop column voided_by');
  }
}
