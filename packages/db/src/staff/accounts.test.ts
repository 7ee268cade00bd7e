import { soughtStandings } from '@tenantry/domain/account/list';
import { accountStatuses, standing, subscriptionStatuses } from '@tenantry/domain/standing';
import { timeAhead } from '@tenantry/domain/time';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { type AccountFilter, type AccountRow, searchAccounts } from './accounts.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

const now = new Date('2026-03-02T12:00:00Z');
const hour = 3_600_000;

/** Every account that a filter leaves, over all pages. */
async function everyAccount(filter: Partial<AccountFilter>): Promise<AccountRow[]> {
  const found: AccountRow[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor;
    const page = await app.admin.withoutAccount.read({}, (tx) =>
      searchAccounts(tx, { sort: 'newest', limit: 100, cursor: from, ...filter }, now),
    );
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

interface Facts {
  id: string;
  status: (typeof accountStatuses)[number];
  subscription: (typeof subscriptionStatuses)[number];
  state: 'listed' | 'withdrawn';
  /** When what was paid ends, in hours from the account's own time. */
  endsIn: number;
  /** When the longer grace ends likewise, while a payment waits for staff; null for none. */
  reviewIn: number | null;
  /** When the grace that staff gave ends likewise. */
  graceIn: number | null;
  ahead: number;
  /** Whether the end is that of a paid period that follows. */
  isFollowed: boolean;
}

const longerGraces = [
  [null, null],
  [-1, null],
  [1, null],
  [null, 1],
] as const;

/** One account for each combination of what a standing follows from. */
function combinations(): Facts[] {
  const some: Omit<Facts, 'id'>[] = [];
  for (const status of accountStatuses)
    for (const subscription of subscriptionStatuses)
      for (const state of ['listed', 'withdrawn'] as const)
        for (const endsIn of [-400 * 24, -7 * 24 - 1, -7 * 24 + 1, -1, 1])
          for (const [reviewIn, graceIn] of longerGraces)
            for (const ahead of [0, 40 * 24 * hour])
              for (const isFollowed of [false, true])
                some.push({ status, subscription, state, endsIn, reviewIn, graceIn, ahead, isFollowed });
  return some.map((facts) => ({ ...facts, id: newId() }));
}

const facts = `jsonb_to_recordset($1::jsonb) as facts (id uuid, status text, subscription text, state text,
    ends_at timestamptz, review_until timestamptz, grace_until timestamptz, ahead bigint, is_followed boolean)`;
const inserts = [
  `insert into account (id, name, status, sandbox, ahead_milliseconds, created_at)
    select id, 'An account', status, true, ahead, now() from ${facts}`,
  `insert into credit_balance (account_id) select id from ${facts}`,
  `insert into subscription (account_id, id, plan_id, status, period_start, period_end, review_until, grace_until)
    select facts.id, facts.id, plan.id, subscription, ends_at - interval '60 days',
      case when is_followed then ends_at - interval '30 days' else ends_at end, review_until, grace_until
    from ${facts} join plan on plan.slug = case facts.state when 'listed' then 'starter' else 'gone' end`,
];
const follow = `insert into subscription_period (account_id, id, plan_id, anchor_at, starts_at, ends_at, months, credits_less, created_at)
  select account_id, gen_random_uuid(), plan_id, period_start, period_end, $2::timestamptz, 1, 0, now()
  from subscription where account_id = $1`;

async function store(all: readonly Facts[]): Promise<void> {
  const at = (one: Facts, hours: number) => new Date(timeAhead(now, one.ahead).getTime() + hours * hour);
  const stored = all.map((one) => ({
    ...one,
    ends_at: at(one, one.endsIn),
    review_until: one.reviewIn === null ? null : at(one, one.reviewIn),
    grace_until: one.graceIn === null ? null : at(one, one.graceIn),
    is_followed: one.isFollowed,
  }));
  for (const insert of inserts) await app.query(insert, [JSON.stringify(stored)]);
  for (const facts of stored) if (facts.isFollowed) await app.query(follow, [facts.id, facts.ends_at]);
}

describe('the list of accounts', () => {
  it('finds by a standing exactly those that the rule gives it, for every combination of facts', async () => {
    await app.query(`insert into plan select (json_populate_record(plan, json_build_object('id', gen_random_uuid(),
      'slug', 'gone', 'state', 'withdrawn'))).* from plan where slug = 'starter'`);
    await app.query("update plan set grace_days = 7 where slug in ('starter', 'gone')");
    const all = combinations();
    await store(all);
    const expected = new Map<string, string[]>(soughtStandings.map((sought) => [sought, []]));
    for (const { id, status, subscription, state, endsIn, reviewIn, graceIn } of all) {
      const at = (hours: number) => new Date(now.getTime() + hours * hour);
      const longer = reviewIn ?? graceIn;
      const reviewUntil = longer === null ? null : at(longer);
      const money = { status: subscription, paidThrough: at(endsIn), reviewUntil };
      const is = standing({ status }, money, { state, graceDays: 7 }, now);
      expected.get(is.code ?? is.state)?.push(id);
    }
    for (const sought of soughtStandings) {
      const found = await everyAccount({ standing: sought });
      expect(
        found.map(({ id }) => id),
        sought,
      ).toEqual(expected.get(sought)?.toSorted().toReversed());
      expect(new Set(found.map(({ standing: is }) => is.code ?? is.state)), sought).toEqual(
        new Set(found.length === 0 ? [] : [sought]),
      );
    }
    expect([...expected.values()].every((ids) => ids.length > 0)).toBe(true);
    expect(await everyAccount({})).toHaveLength(all.length);
  }, 60_000);

  it('keeps the end of what was paid, whoever writes the subscription, its periods or the clock', async () => {
    const [account] = await app.query(
      `select account_id, ends_at from subscription join account on account.id = account_id
       where ahead_milliseconds = 0 and not exists (select from subscription_period paid where paid.account_id = account.id) limit 1`,
    );
    const id = account?.['account_id'];
    const kept = async () => {
      const [row] = await app.query('select ends_at, plan_ids from subscription where account_id = $1', [id]);
      return { endsAt: row?.['ends_at'], plans: row?.['plan_ids'] };
    };
    const first = await kept();
    const end = new Date('2030-01-01T00:00:00Z');
    await app.query(follow, [id, end]);
    expect(await kept()).toEqual({ ...first, endsAt: end });
    await app.query(
      "update subscription_period set plan_id = (select id from plan where slug = 'growth') where account_id = $1",
      [id],
    );
    expect((await kept()).plans).toHaveLength(2);
    await app.query('update account set ahead_milliseconds = $2 where id = $1', [id, hour]);
    expect((await kept()).endsAt).toEqual(new Date(end.getTime() - hour));
    await app.query('delete from subscription_period where account_id = $1', [id]);
    await app.query('update account set ahead_milliseconds = 0 where id = $1', [id]);
    expect(await kept()).toEqual(first);
    await app.query('update subscription set period_end = $2 where account_id = $1', [id, end]);
    expect((await kept()).endsAt).toEqual(end);
  });
});
