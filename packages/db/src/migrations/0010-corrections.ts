import { Migration } from '@mikro-orm/migrations';

/**
 * Corrections of the ledger. What an entry gives back and what staff call it by are drawn from its facts, which its
 * hash covers, so that no column can say otherwise. All three indexes are of the few entries that need them: a hold or
 * a reported settle writes none.
 */
export class Migration0010Corrections extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table credit_hold add column estimated boolean not null default false');
    this.addSql(`update credit_hold set estimated = true from ledger_entry entry where entry.account_id = credit_hold.account_id
      and entry.hold_id = credit_hold.id and entry.kind = 'settle' and entry.facts->'usage'->>'source' = 'estimated'`);
    this.addSql(
      `alter table credit_hold add constraint credit_hold_estimated_check check (not estimated or status = 'settled')`,
    );
    this.addSql(`alter table ledger_entry
      add column reverses_id uuid generated always as ((facts->>'reverses')::uuid) stored,
      add column reference text generated always as (facts->>'reference') stored`);
    this.addSql(`alter table ledger_entry add constraint ledger_entry_reverses_fkey
      foreign key (account_id, reverses_id) references ledger_entry (account_id, id)`);
    this.addSql(`create unique index ledger_entry_reverses_once on ledger_entry (account_id, reverses_id, kind, to_book)
      where reverses_id is not null`);
    this.addSql(
      `create unique index ledger_entry_reference on ledger_entry (account_id, reference) where reference is not null`,
    );
    this.addSql(`create index ledger_entry_estimated on ledger_entry (account_id, hold_id)
      where kind = 'settle' and coalesce(facts->>'source', facts->'usage'->>'source') = 'estimated'`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index ledger_entry_estimated');
    this.addSql('alter table ledger_entry drop column reference, drop column reverses_id');
    this.addSql('alter table credit_hold drop column estimated');
  }
}
