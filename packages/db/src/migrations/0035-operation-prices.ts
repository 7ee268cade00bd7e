import { Migration } from '@mikro-orm/migrations';

/** What an operation costs, each version once: a row is never changed and never deleted. */
const prices = `
create table operation_price (
  name text not null references operation (name), price_version int not null check (price_version >= 1),
  kind text not null check (kind in ('text','image')), unit text not null check (unit ~ '^[a-z][a-z0-9_]{0,49}$'),
  unit_size int not null check (unit_size >= 1), credits_per_unit int check (credits_per_unit >= 0),
  input_rate int check (input_rate >= 0), cached_input_rate int check (cached_input_rate between 0 and input_rate),
  output_rate int check (output_rate >= 0), credits_min int not null check (credits_min >= 0),
  output_tokens_default int not null check (output_tokens_default >= 1),
  output_tokens_max int not null check (output_tokens_max between output_tokens_default and 1000000),
  model text check (char_length(model) between 1 and 200),
  prompt_template text check (char_length(prompt_template) between 1 and 100000),
  created_at timestamptz not null, primary key (name, price_version),
  constraint operation_price_one_rating check (case when credits_per_unit is null
    then unit = 'token' and num_nulls(input_rate, cached_input_rate, output_rate) = 0
    else num_nonnulls(input_rate, cached_input_rate, output_rate) = 0 end))`;

/** Owners are not held by grants. */
const unchanged = [
  `create function refuse_price_change() returns trigger language plpgsql as $$
  begin
    raise exception 'The price of an operation is never changed. Write a new version.';
  end $$`,
  `create trigger operation_price_unchanged before update or delete on operation_price
    for each row execute function refuse_price_change()`,
];

const priced = [
  'kind',
  'unit',
  'unit_size',
  'credits_per_unit',
  'credits_min',
  'output_tokens_default',
] as const;

/** The most output tokens that a run could ask for before an operation said it. */
const outputTokensMax = 32_000;

const firstVersions = `insert into operation_price (name, price_version, kind, unit, unit_size, credits_per_unit, credits_min,
    output_tokens_default, output_tokens_max, created_at)
  select name, 1, kind, unit, unit_size, credits_per_unit, credits_min, greatest(1, output_tokens_default),
    greatest(${outputTokensMax}, output_tokens_default), now() from operation`;

/** A row that is there gets the default without being rewritten, and a new one has to name its version. */
const holds = [
  'alter table credit_hold add column price_version int default 1',
  'alter table credit_hold alter column price_version drop default',
  'alter table credit_hold drop constraint credit_hold_operation_fkey',
  `alter table credit_hold add constraint credit_hold_price_fkey foreign key (operation, price_version)
    references operation_price (name, price_version) not valid`,
  `alter table credit_hold add constraint credit_hold_price_version_check
    check (operation is null or price_version is not null) not valid`,
];

/**
 * Prices have versions. An operation names its newest, a hold the one that it was quoted, so a change of a price changes
 * no hold. The rows of holds that are there are not read: each of them was made at the first version.
 */
export class Migration0035OperationPrices extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(prices);
    this.addSql(firstVersions);
    for (const sql of unchanged) this.addSql(sql);
    this.addSql('grant select on operation_price to tenantry_api, tenantry_admin, tenantry_worker');
    this.addSql(
      'alter table operation add column price_version int not null default 1, add column withdrawn boolean not null default false',
    );
    this.addSql('alter table operation alter column price_version drop default');
    for (const column of priced) this.addSql(`alter table operation drop column ${column}`);
    this.addSql(`alter table operation add constraint operation_price_fkey foreign key (name, price_version)
      references operation_price (name, price_version) deferrable initially deferred`);
    for (const sql of holds) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table operation drop constraint operation_price_fkey');
    this.addSql(`alter table operation add column kind text, add column unit text, add column unit_size int,
      add column credits_per_unit int, add column credits_min int, add column output_tokens_default int default 500`);
    this.addSql(`update operation set ${priced.map((column) => `${column} = price.${column}`).join(', ')}
      from operation_price price where price.name = operation.name and price.price_version = operation.price_version`);
    // It is refused while an operation has rates of its own for tokens.
    for (const column of priced) this.addSql(`alter table operation alter column ${column} set not null`);
    this.addSql(`alter table operation add constraint operation_kind_check check (kind in ('text','image')),
      add constraint operation_unit_check check (unit ~ '^[a-z][a-z0-9_]{0,49}$'),
      add constraint operation_unit_size_check check (unit_size >= 1),
      add constraint operation_credits_per_unit_check check (credits_per_unit >= 0),
      add constraint operation_credits_min_check check (credits_min >= 0)`);
    this.addSql(
      'alter table credit_hold drop constraint credit_hold_price_version_check, drop constraint credit_hold_price_fkey',
    );
    this.addSql(
      'alter table credit_hold drop column price_version, add constraint credit_hold_operation_fkey foreign key (operation) references operation (name)',
    );
    this.addSql('alter table operation drop column price_version, drop column withdrawn');
    this.addSql('drop table operation_price');
    this.addSql('drop function refuse_price_change');
  }
}
