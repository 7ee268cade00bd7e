import { Migration } from '@mikro-orm/migrations';

/** What today's holds have taken, as it would have been counted; what settles took above them is not known any more. */
const countToday = (
  subject: 'site_id' | 'key_id',
) => `insert into credit_limit (account_id, id, ${subject}, day, used)
  select account_id, ${subject}, ${subject}, (now() at time zone 'UTC')::date, sum(case status when 'open' then amount
      when 'settled' then settled_amount else 0 end)
    from credit_hold where ${subject} is not null and created_at >= date_trunc('day', now(), 'UTC')
    group by account_id, ${subject}
  on conflict (account_id, id) do update set day = excluded.day, used = excluded.used`;

/**
 * The spending of a day is counted for every site and key, with a limit or without, and keys of one rotation share one
 * count. Each low-balance threshold keeps whether it was reported.
 */
export class Migration0021KeptCounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table credit_hold add column limit_group_id uuid');
    this.addSql(
      "update credit_hold set limit_group_id = key_id where key_id is not null and (status = 'open' or estimated)",
    );
    this.addSql('alter table credit_limit alter column credits_per_day_max drop not null');
    this.addSql(countToday('site_id'));
    this.addSql(countToday('key_id'));
    // A limit is lifted, and its count stays.
    this.addSql('drop policy credit_limit_api_delete on credit_limit');
    this.addSql('revoke delete on credit_limit from tenantry_api');
    this.addSql("alter table credit_balance add column low_balance_alerts jsonb not null default '[]'");
    this.addSql(`update credit_balance set low_balance_alerts = (select coalesce(jsonb_agg(jsonb_build_object('threshold', threshold,
        'isReported', available < threshold::bigint, 'aboveSince', null)), '[]')
      from jsonb_array_elements(low_balance_thresholds) threshold) where low_balance_thresholds <> '[]'`);
    this.addSql('alter table credit_balance drop column low_balance_thresholds');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql("alter table credit_balance add column low_balance_thresholds jsonb not null default '[]'");
    this.addSql(`update credit_balance set low_balance_thresholds =
      (select coalesce(jsonb_agg(alert->'threshold'), '[]') from jsonb_array_elements(low_balance_alerts) alert)`);
    this.addSql('alter table credit_balance drop column low_balance_alerts');
    this.addSql('grant delete on credit_limit to tenantry_api');
    this.addSql(`create policy credit_limit_api_delete on credit_limit for delete to tenantry_api
      using (account_id = current_account_id())`);
    this.addSql('delete from credit_limit where credits_per_day_max is null');
    this.addSql('alter table credit_limit alter column credits_per_day_max set not null');
    this.addSql('alter table credit_hold drop column limit_group_id');
  }
}
