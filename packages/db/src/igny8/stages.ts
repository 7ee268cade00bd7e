import { type ConcurrentIndex, backfill, buildIndex, changeTable, hasIndex } from './change-table.ts';
import type { OldDatabase } from './connection.ts';

/** One step from a Stripe id that is required and unique to payments of any kind. The old code runs before and after it. */
export interface Stage {
  readonly name: string;
  isDone(old: OldDatabase): Promise<boolean>;
  /** Answers what it did, as a sentence. */
  up(old: OldDatabase): Promise<string>;
  /** Why it cannot be taken back without losing facts, as a sentence; undefined when it can. */
  refusal(old: OldDatabase): Promise<string | undefined>;
  down(old: OldDatabase): Promise<string>;
}

/** Whether a statement answers a row. */
const answers = async (old: OldDatabase, sql: string): Promise<boolean> => (await old.send(sql)).length > 0;
const countOf = async (old: OldDatabase, sql: string): Promise<number> =>
  (await old.send<{ count: number }>(sql))[0]?.count ?? 0;

const addColumns: Stage = {
  name: 'add-columns',
  isDone: async (old) =>
    (await countOf(
      old,
      `select count(*)::int as count from pg_attribute where not attisdropped
        and ((attrelid = 'igny8_subscriptions'::regclass and attname in ('payment_method', 'external_payment_id'))
          or (attrelid = 'igny8_tenants'::regclass and attname = 'payment_method'))`,
    )) === 3,
  // The old code inserts without the column, so the database itself gives new rows their value.
  up: async (old) => {
    await changeTable(old, [
      `alter table igny8_subscriptions add column if not exists payment_method varchar(30),
        add column if not exists external_payment_id varchar(255)`,
      "alter table igny8_subscriptions alter column payment_method set default 'stripe'",
    ]);
    await changeTable(old, [
      'alter table igny8_tenants add column if not exists payment_method varchar(30)',
      "alter table igny8_tenants alter column payment_method set default 'stripe'",
    ]);
    return 'subscriptions have payment_method and external_payment_id, and accounts payment_method; all are nullable';
  },
  refusal: async (old) => {
    const count = await countOf(
      old,
      `select ((select count(*) from igny8_subscriptions where external_payment_id is not null or payment_method <> 'stripe')
        + (select count(*) from igny8_tenants where payment_method <> 'stripe'))::int as count`,
    );
    return count === 0
      ? undefined
      : `${count} rows say that they were paid another way than by Stripe, which would be lost`;
  },
  down: async (old) => {
    await changeTable(old, [
      'alter table igny8_subscriptions drop column if exists payment_method, drop column if exists external_payment_id',
    ]);
    await changeTable(old, ['alter table igny8_tenants drop column if exists payment_method']);
    return 'the columns are gone';
  },
};

const subscriptionsLeft =
  "select 1 from igny8_subscriptions where payment_method is null and stripe_subscription_id <> '' limit 1";
const accountsLeft = 'select 1 from igny8_tenants where payment_method is null limit 1';

const backfillMethod: Stage = {
  name: 'backfill',
  isDone: async (old) => !(await answers(old, subscriptionsLeft)) && !(await answers(old, accountsLeft)),
  up: async (old) => {
    const subscriptions = await backfill(old, {
      left: subscriptionsLeft,
      batch: `update igny8_subscriptions set payment_method = 'stripe' where id in (
        select id from igny8_subscriptions where payment_method is null and stripe_subscription_id <> ''
        and id > $2::bigint order by id limit $1 for update skip locked) and payment_method is null returning id::text`,
    });
    const accounts = await backfill(old, {
      left: accountsLeft,
      batch: `update igny8_tenants set payment_method = 'stripe' where id in (
        select id from igny8_tenants where payment_method is null and id > $2::bigint order by id limit $1 for update skip locked)
        and payment_method is null returning id::text`,
    });
    return `${subscriptions} subscriptions and ${accounts} accounts are paid by Stripe`;
  },
  refusal: async () => undefined,
  // What was filled in says nothing new, and the stage before drops the columns.
  down: async () => 'the values stay; they say nothing that a Stripe id does not',
};

// An empty text is what a form of the old admin pages saves for no id, so it is no id either.
const partialIndex: ConcurrentIndex = {
  name: 'igny8_subscriptions_stripe_id_given',
  build: `create unique index concurrently igny8_subscriptions_stripe_id_given on igny8_subscriptions (stripe_subscription_id)
    where stripe_subscription_id is not null and stripe_subscription_id <> ''`,
  drop: 'drop index concurrently if exists igny8_subscriptions_stripe_id_given',
};

const addPartialIndex: Stage = {
  name: 'partial-index',
  isDone: (old) => hasIndex(old, partialIndex),
  up: async (old) => {
    await buildIndex(old, partialIndex);
    return 'Stripe ids that are given are unique by an index of their own';
  },
  refusal: async () => undefined,
  down: async (old) => {
    await old.send(partialIndex.drop);
    return 'the index is gone';
  },
};

const fullIndex: ConcurrentIndex = {
  name: 'igny8_subscriptions_stripe_subscription_id_key',
  build: `create unique index concurrently igny8_subscriptions_stripe_subscription_id_key
    on igny8_subscriptions (stripe_subscription_id)`,
  drop: 'drop index concurrently if exists igny8_subscriptions_stripe_subscription_id_key',
};

/** The old unique constraint, whatever the framework named it. */
const uniqueConstraint = `select conname from pg_constraint
  join pg_attribute on attrelid = conrelid and attname = 'stripe_subscription_id' and conkey = array[attnum]
  where conrelid = 'igny8_subscriptions'::regclass and contype = 'u'`;
const isRequired = `select 1 from pg_attribute where attrelid = 'igny8_subscriptions'::regclass
  and attname = 'stripe_subscription_id' and attnotnull`;
const withoutId =
  "select count(*)::int as count from igny8_subscriptions where coalesce(stripe_subscription_id, '') = ''";

const dropGiven =
  'alter table igny8_subscriptions drop constraint if exists igny8_subscriptions_stripe_given';

/** Makes the id required. A constraint that is validated first spares the column a scan under its lock. */
async function requireId(old: OldDatabase): Promise<void> {
  await changeTable(old, [
    dropGiven,
    `alter table igny8_subscriptions add constraint igny8_subscriptions_stripe_given
      check (stripe_subscription_id is not null) not valid`,
  ]);
  await old.send('alter table igny8_subscriptions validate constraint igny8_subscriptions_stripe_given');
  await changeTable(old, [
    'alter table igny8_subscriptions alter column stripe_subscription_id set not null',
    dropGiven,
    `alter table igny8_subscriptions add constraint igny8_subscriptions_stripe_subscription_id_key
      unique using index igny8_subscriptions_stripe_subscription_id_key`,
  ]);
}

const relax: Stage = {
  name: 'relax',
  isDone: async (old) => !(await answers(old, isRequired)) && !(await answers(old, uniqueConstraint)),
  up: async (old) => {
    await changeTable(old, [
      'alter table igny8_subscriptions alter column stripe_subscription_id drop not null',
      `do $$ declare known record; begin
        for known in ${uniqueConstraint} loop
          execute format('alter table igny8_subscriptions drop constraint %I', known.conname);
        end loop;
      end $$`,
    ]);
    return 'a subscription may have no Stripe id';
  },
  refusal: async (old) => {
    const count = await countOf(old, withoutId);
    return count === 0
      ? undefined
      : `${count} subscriptions have no Stripe id, which the old schema requires`;
  },
  down: async (old) => {
    await buildIndex(old, fullIndex);
    try {
      await requireId(old);
    } catch (fault) {
      // A subscription without an id has come meanwhile; what was built would refuse the next one.
      await changeTable(old, [dropGiven]);
      await old.send(fullIndex.drop);
      throw fault;
    }
    return 'a subscription needs a Stripe id of its own';
  },
};

/** The stages in their order. */
export const stages: readonly Stage[] = [addColumns, backfillMethod, addPartialIndex, relax];
