import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, now, openServiceTest } from '../service.fixture.ts';
import { adjustCredits } from '../staff/adjust-credits.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { listAccountsForStaff } from '../staff/list-accounts.ts';
import { refundPayment } from '../staff/refund-payment.ts';
import { getActivity, getRevenue } from './charts.ts';
import { getOverview } from './get.ts';
import { measureOverview } from './measure.ts';

let services: ServiceTest;
let worker: Database;
beforeAll(async () => {
  services = await openServiceTest();
  worker = openDatabase(await openOrm(services.database.url('tenantry_worker'), 4));
});
afterAll(async () => {
  await worker.close();
  await services.close();
});

const staff = (at = now) => ({ ...services.directory(at), database: services.database.admin });
const measure = (at = now) => measureOverview({ database: worker, now: at });
const dayBefore = new Date(now.getTime() - 86_400_000);
const today = now.toISOString().slice(0, 10);
const starter = { planSlug: 'starter', payerName: 'A. Payer', amount: 2900, currency: 'USD' };
const submit = async (tenant: Tenant) =>
  accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, starter)));
const adjust = (tenant: Tenant, amount: number, at = now) =>
  services.asStaff(
    tenant,
    (context) =>
      adjustCredits(context, { accountId: tenant.accountId, amount, reason: 'x', kind: 'adjustment' }),
    { at },
  );
const dayOf = async (day: string) => (await getActivity(staff())).days.find((row) => row.day === day);
const sandbox = ({ accountId }: Tenant) =>
  services.database.query('update account set sandbox = true where id = $1', [accountId]);

describe('what waits for staff', () => {
  it('is nothing in an empty database', async () => {
    const none = { count: 0, items: [] };
    const nothing = { transfers: { count: 0, oldestAt: null, sums: [] }, grace: none, webhooks: none };
    expect(await getOverview(staff())).toEqual({ ...nothing, lowCredit: none, refusals: none });
    expect(await getActivity(staff())).toMatchObject({ measuredAt: null });
    expect(await getRevenue(staff())).toMatchObject({ measuredAt: null, items: [] });
  });

  it('counts transfers by currency until they are decided', async () => {
    const tenant = await services.register();
    const { id: paymentId } = await submit(tenant);
    await submit(await services.register());
    const { transfers } = await getOverview(staff());
    expect(transfers).toEqual({
      count: 2,
      oldestAt: now.toISOString(),
      sums: [{ currency: 'USD', amount: 5800, count: 2 }],
    });
    const confirmed = { accountId: tenant.accountId, paymentId, externalPaymentId: newId(), ...starter };
    accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, confirmed)));
    expect((await getOverview(staff())).transfers.count).toBe(1);
  });

  it('names the accounts in grace, the next to end first, and no sandbox', async () => {
    const [first, second, tried] = [
      await services.register(),
      await services.register(),
      await services.register(),
    ];
    const end = `update subscription set status = 'active', plan_id = (select id from plan where slug = 'starter'),
      period_start = $2::timestamptz - interval '30 days', period_end = $2 where account_id = $1`;
    await services.database.query(end, [second.accountId, new Date(now.getTime() - 3_600_000)]);
    await services.database.query(end, [first.accountId, new Date(now.getTime() - 7_200_000)]);
    await services.database.query(end, [tried.accountId, new Date(now.getTime() - 3_600_000)]);
    await sandbox(tried);
    const { grace } = await getOverview(staff());
    expect(grace.count).toBe(2);
    expect(grace.items.map(({ accountId }) => accountId)).toEqual([first.accountId, second.accountId]);
    expect((await getOverview(staff(new Date(now.getTime() + 40 * 86_400_000)))).grace.count).toBe(0);
  });

  it('names failing webhook endpoints by their host alone, and none that its owner switched off', async () => {
    const { accountId } = await services.register();
    const insert = `insert into webhook_endpoint (account_id, id, url, events, secret, enabled, disabled_reason, failing_since,
      created_by, created_at) values ($1, $2, 'https://user:pass@hooks.example:8443/t?token=s3cret', '[]', 'x', $3, $4, $5, 'x', now())`;
    const endpointId = newId();
    await services.database.query(insert, [accountId, endpointId, false, 'failing', now]);
    await services.database.query(insert, [accountId, newId(), false, 'asked', now]);
    await services.database.query(insert, [accountId, newId(), true, null, null]);
    const { webhooks } = await getOverview(staff());
    expect(webhooks).toEqual({
      count: 1,
      items: [
        {
          endpointId,
          accountId,
          accountName: 'An account',
          host: 'hooks.example:8443',
          failingSince: now.toISOString(),
          enabled: false,
        },
      ],
    });
  });

  it('shows the changes that staff were refused in the last seven days', async () => {
    const insert = `insert into security_event (id, at, action, actor, request_id, facts) values ($1, $2, $3, 'system:x', 'x', $4)`;
    const refused = JSON.stringify({ refused: 'role_forbids' });
    await services.database.query(insert, [newId(), now, 'credit.adjust', refused]);
    await services.database.query(insert, [newId(), now, 'serviceKey.create', '{}']);
    const old = new Date(now.getTime() - 8 * 86_400_000);
    await services.database.query(insert, [newId(), old, 'credit.reverse', refused]);
    expect((await getOverview(staff())).refusals).toEqual({
      count: 1,
      items: [
        {
          at: now.toISOString(),
          actor: 'system:x',
          email: null,
          action: 'credit.adjust',
          code: 'role_forbids',
        },
      ],
    });
  });
});

describe('the figures of a day', () => {
  it('add up what the journals say, each entry once, however often and by how many they are counted', async () => {
    await measure();
    const before = await dayOf(today);
    const tenant = await services.register();
    await adjust(tenant, 70);
    await adjust(tenant, -20);
    await Promise.all([measure(), measure(), measure()]);
    await measure();
    const after = await dayOf(today);
    const [registered] = await services.database.query(
      `select amount::int from ledger_entry where account_id = $1 order by sequence limit 1`,
      [tenant.accountId],
    );
    expect(Number(after?.granted) - Number(before?.granted)).toBe(Number(registered?.['amount']) + 50);
    expect(Number(after?.signUps) - Number(before?.signUps)).toBe(1);
    const sums = await services.database.query(
      `select sum(granted)::int as granted, sum(spent)::int as spent, sum(expired)::int as expired from credit_balance
       join account on account.id = account_id where not sandbox`,
    );
    const days = await services.database.query(
      `select sum(granted)::int as granted, sum(spent)::int as spent, sum(expired)::int as expired from daily_credit`,
    );
    expect(days).toEqual(sums);
  });

  it('put an entry into the day of its own time, and leave out a sandbox', async () => {
    const [tenant, tried] = [await services.register(), await services.register()];
    await measure();
    const [before, yesterday] = [await dayOf(today), await dayOf(dayBefore.toISOString().slice(0, 10))];
    await sandbox(tried);
    await adjust(tried, 1000);
    await adjust(tenant, 7, dayBefore);
    await measure();
    expect(await dayOf(today)).toEqual({ ...before, signUps: Number(before?.signUps) - 1 });
    expect((await dayOf(dayBefore.toISOString().slice(0, 10)))?.granted).toBe(Number(yesterday?.granted) + 7);
  });

  it('sum revenue by method and currency, with what was sent back, and again after a late entry', async () => {
    const tenant = await services.register();
    const { id: paymentId } = await submit(tenant);
    await measure();
    const received = async () => (await getRevenue(staff())).items.find(({ day }) => day === today);
    const before = await received();
    const confirmed = { accountId: tenant.accountId, paymentId, externalPaymentId: newId(), ...starter };
    accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, confirmed)));
    await measure();
    expect(await received()).toMatchObject({
      method: 'bank_transfer',
      currency: 'USD',
      received: Number(before?.received ?? 0) + 2900,
      sentBack: 0,
    });
    const back = { paymentId, amount: 900, reason: 'x' };
    accepted(await services.asStaff(tenant, (context) => refundPayment(context, back)));
    await measure();
    expect(await received()).toMatchObject({ sentBack: 900 });
    const again = await getRevenue(staff());
    await services.database.query('delete from overview_measurement');
    await measure();
    expect(await getRevenue(staff())).toEqual(again);
  });

  it('are thirty, the oldest first, and end today', async () => {
    const { days } = await getActivity(staff());
    expect(days).toHaveLength(30);
    expect([days[0]?.day, days[29]?.day]).toEqual(['2026-02-01', today]);
  });
});

describe('an account with few credits', () => {
  it('is found while it is in use, and no longer when it has credits or no standing', async () => {
    const tenant = await services.register();
    const low = async () => {
      await measure();
      return (await listAccountsForStaff(staff(), { limit: 100, sort: 'newest', lowCredit: true })).items
        .map(({ id }) => id)
        .includes(tenant.accountId);
    };
    expect(await low()).toBe(false);
    await adjust(tenant, -950);
    expect(await low()).toBe(true);
    const { lowCredit } = await getOverview(staff());
    expect(lowCredit.items).toContainEqual({
      accountId: tenant.accountId,
      accountName: 'An account',
      available: 50,
      since: now.toISOString(),
    });
    await adjust(tenant, 500);
    expect(await low()).toBe(false);
    await adjust(tenant, -500);
    await services.database.query("update account set status = 'suspended' where id = $1", [
      tenant.accountId,
    ]);
    expect(await low()).toBe(false);
  });
});
