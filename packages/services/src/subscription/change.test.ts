import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { orderPlan } from './change.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const change = (tenant: Tenant, planSlug: string, paymentMethod: PaymentMethod = 'bank_transfer') =>
  services.inAccount(tenant, (context) => orderPlan(context, { planSlug, paymentMethod }));
const invoicesOf = ({ accountId }: Tenant) =>
  services.database.query('select id from invoice where account_id = $1', [accountId]);

describe('asking for a plan by bank transfer', () => {
  it('answers an open invoice at the price of the plan, and leaves the subscription as it is', async () => {
    const tenant = await services.register();
    const { subscription, invoice } = accepted(await change(tenant, 'starter'));
    expect(subscription).toMatchObject({
      status: 'trialing',
      plan: { slug: 'trial' },
      paymentMethod: 'stripe',
    });
    expect(invoice).toMatchObject({
      status: 'open',
      planSlug: 'starter',
      total: { amount: 2900, currency: 'USD' },
      createdAt: now,
      paidAt: null,
    });
    expect(invoice.reference).toMatch(/^RF\d\d[0-9A-Z]{16}$/);
  });

  it('answers the same invoice again, and another one for another plan', async () => {
    const tenant = await services.register();
    const first = accepted(await change(tenant, 'starter'));
    expect(accepted(await change(tenant, 'starter')).invoice).toEqual(first.invoice);
    const other = accepted(await change(tenant, 'growth'));
    expect(other.invoice).toMatchObject({ planSlug: 'growth', total: { amount: 8900 } });
    expect(await invoicesOf(tenant)).toHaveLength(2);
    expect(accepted(await change(tenant, 'growth')).invoice).toEqual(other.invoice);
  });

  it.each([
    ['a plan that is not sold', 'unthrottled', 'not_found'],
    ['a plan that is not there', 'no-such-plan', 'not_found'],
    ['a plan that costs nothing', 'trial', 'conflict'],
  ] as const)('is refused for %s, and writes no invoice', async (_what, planSlug, code) => {
    const tenant = await services.register();
    expect(await change(tenant, planSlug)).toEqual(refuse(code));
    expect(await invoicesOf(tenant)).toEqual([]);
  });

  it('renews the version that the account has, or the one that it moves to, and none that is withdrawn', async () => {
    const ids = [newId(), newId()];
    for (const [earlier, id] of ids.entries())
      await services.database.query(
        `insert into plan select (json_populate_record(plan, $1)).* from plan where slug = 'starter'`,
        [
          JSON.stringify({
            id,
            slug: 'renewed',
            plan_version: earlier + 1,
            price_amount: 1000 * (earlier + 1),
          }),
        ],
      );
    const [tenant, other] = [await services.register(), await services.register()];
    const priced = async (who: Tenant) => accepted(await change(who, 'renewed')).invoice.total.amount;
    await services.database.query(
      `update subscription set plan_id = $1, status = 'active', period_end = period_start + interval '30 days' where account_id = $2`,
      [ids[0], tenant.accountId],
    );
    expect([await priced(tenant), await priced(other)]).toEqual([1000, 2000]);
    await services.database.query('update plan set renews_as = $2 where id = $1', ids);
    expect(await priced(tenant)).toBe(2000);
    await services.database.query("update plan set state = 'withdrawn' where slug = 'renewed'");
    expect(codeOf(await change(tenant, 'renewed'))).toBe('not_found');
  });

  it('is the only way to pay so far', async () => {
    const tenant = await services.register();
    expect(codeOf(await change(tenant, 'starter', 'stripe'))).toBe('provider_disabled');
  });
});
