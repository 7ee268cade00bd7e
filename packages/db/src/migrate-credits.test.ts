import { openTestDatabase } from '@tenantry/testing/database';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { openOrm } from './orm.ts';

describe('the migrations of credits', () => {
  it('give each plan its rates, count what today has taken, and keep what was told of a low balance', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0018-paid-periods' });
    const [accountId, siteId, keyId, open] = [newId(), newId(), newId(), newId()];
    const rates = "select throttle_rates as rates from plan where slug = 'trial'";
    expect((await app.query(rates))[0]).not.toMatchObject({ rates: { credit_hold: expect.anything() } });
    const made = "insert into account (id, name, created_at) values ($1, 'An account', now())";
    await app.query(made, [accountId]);
    await app.query("insert into site (account_id, id, name, created_at) values ($1, $2, 'A site', now())", [
      accountId,
      siteId,
    ]);
    await app.query(
      `insert into api_key (account_id, id, key_id, name, prefix, digest, scopes, created_at)
       values ($1, $2, 'key', 'A key', 'x', 'x', '[]', now())`,
      [accountId, keyId],
    );
    await app.query(
      `insert into credit_balance (account_id, granted, available, spent, held, low_balance_thresholds)
       values ($1, 100, 60, 30, 10, '[80, 50]')`,
      [accountId],
    );
    await app.query(
      `insert into credit_limit (account_id, id, site_id, credits_per_day_max, day, used) values ($1, $2, $2, 9, now()::date - 1, 9)`,
      [accountId, siteId],
    );
    await app.query(
      `insert into credit_hold (account_id, id, amount, status, settled_amount, site_id, key_id, expires_at, created_at)
       select $1, coalesce(id, gen_random_uuid()), 20, status, settled, $2, $3, now(), now() - age
       from (values ($4::uuid, 'open', null::int, interval '0'), (null, 'settled', 15, '0'), (null, 'released', 0, '0'),
         (null, 'settled', 20, interval '2 days')) hold (id, status, settled, age)`,
      [accountId, siteId, keyId, open],
    );
    await orm.migrator.up();
    expect((await app.query(rates))[0]).toMatchObject({ rates: { credit_hold: 60, credit_settle: 1920 } });
    const counted = await app.query(
      'select id, credits_per_day_max::int as max, used::int from credit_limit where account_id = $1 order by max',
      [accountId],
    );
    expect(counted).toEqual([
      { id: siteId, max: 9, used: 35 },
      { id: keyId, max: null, used: 35 },
    ]);
    const [hold] = await app.query('select limit_group_id from credit_hold where id = $1', [open]);
    expect(hold).toEqual({ limit_group_id: keyId });
    const [balance] = await app.query(
      'select low_balance_alerts as alerts from credit_balance where account_id = $1',
      [accountId],
    );
    expect(balance).toEqual({
      alerts: [
        { threshold: 80, isReported: true, aboveSince: null },
        { threshold: 50, isReported: false, aboveSince: null },
      ],
    });
    await orm.close(true);
    await app.close();
  });
});
