import { openTestDatabase } from '@tenantry/testing/database';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { openOrm } from './orm.ts';

describe('the migrations of billing', () => {
  it('give invoices that are there one line, a day to pay and what was paid, and leave their numbers', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0038-disabled-staff' });
    const account = newId();
    await app.query("insert into account (id, name, created_at) values ($1, 'A customer', now())", [account]);
    for (const status of ['open', 'paid', 'void'])
      await app.query(
        `insert into invoice (account_id, id, number, reference, plan_id, amount, currency, status, created_at)
         select $1, gen_random_uuid(), $2, $2, id, 2900, 'USD', $2, '2026-03-01T00:00:00Z' from plan where slug = 'starter'`,
        [account, status],
      );
    await orm.migrator.up();
    const found = await app.query(
      `select number, status, kind, lines, customer, amount_paid::int, due_at, issuer, period_start from invoice order by number`,
    );
    const line = { description: 'Starter', quantity: 1, unitAmount: 2900, amount: 2900, period: null };
    const known = {
      kind: 'subscription',
      lines: [line],
      customer: { name: 'A customer' },
      due_at: new Date('2026-03-15T00:00:00Z'),
      issuer: null,
      period_start: null,
    };
    expect(found).toEqual([
      { ...known, number: 'open', status: 'open', amount_paid: 0 },
      { ...known, number: 'paid', status: 'paid', amount_paid: 2900 },
      { ...known, number: 'void', status: 'void', amount_paid: 0 },
    ]);
    await app.query("update invoice set status = 'partially_paid', amount_paid = 1 where status = 'open'");
    await expect(orm.migrator.down({ to: '0038-disabled-staff' })).rejects.toThrow(/paid in part/);
    await app.query("update invoice set status = 'open', amount_paid = 0 where status = 'partially_paid'");
    await orm.migrator.down({ to: '0038-disabled-staff' });
    expect(await app.query('select number, status from invoice order by number')).toHaveLength(3);
    await orm.close(true);
    await app.close();
  });
});
