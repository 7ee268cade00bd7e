import { Migration } from '@mikro-orm/migrations';

/** The trigger gives every entry its number, whichever version of the code writes it. The account is locked by then. */
const numberEntry = `create function number_money_entry() returns trigger language plpgsql as $$
  begin
    new.sequence := coalesce((select max(sequence) from money_entry where account_id = new.account_id), 0) + 1;
    return new;
  end $$`;

/** Money came before it was applied, and was given back before the bank took it. */
const numberKnown = `update money_entry entry set sequence = known.number from (
  select account_id, id, row_number() over (partition by account_id order by at,
    array_position(array['payment', 'release', 'return', 'refund', 'credit', 'apply'], kind), id) as number
  from money_entry) known where known.account_id = entry.account_id and known.id = entry.id`;

/**
 * Numbers the entries of each account's journal of money, so that the balance after each is the same for everybody, and
 * finds the lines of bank statements of one day and amount.
 */
export class Migration0053JournalAndLines extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table money_entry add column sequence bigint');
    this.addSql(numberKnown);
    this.addSql(`alter table money_entry alter column sequence set not null,
      add constraint money_entry_sequence_check check (sequence >= 1),
      add constraint money_entry_sequence unique (account_id, sequence)`);
    this.addSql(numberEntry);
    this.addSql(
      'create trigger money_entry_number before insert on money_entry for each row execute function number_money_entry()',
    );
    this.addSql(`create index provider_event_movement on provider_event ((payload ->> 'bookedOn'), (payload ->> 'amount'))
      where provider = 'bank_statement'`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index provider_event_movement');
    this.addSql('drop trigger money_entry_number on money_entry');
    this.addSql('drop function number_money_entry');
    this.addSql('alter table money_entry drop column sequence');
  }
}
