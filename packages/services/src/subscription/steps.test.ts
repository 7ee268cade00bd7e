import { openInvoices } from '@tenantry/db/billing/queries';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { addDays, addMonths } from '@tenantry/domain/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { cancelSubscription, resumeSubscription } from './cancel.ts';
import { orderPlan } from './change.ts';
import { getSubscription } from './get.ts';
import { liveSubscriptions } from './live.ts';

let services: ServiceTest;
let worker: Database;
beforeAll(async () => {
  services = await openServiceTest();
  worker = openDatabase(await openOrm(services.database.url('tenantry_worker'), 8));
});
afterAll(async () => {
  await worker.close();
  await services.close();
});

const bankTransfer = { paymentMethod: 'bank_transfer' } as const;
const end = addMonths(now, 1);

async function ask(tenant: Tenant, planSlug: string, at = now) {
  const asked = await services.inAccount(
    tenant,
    (context) => orderPlan(context, { planSlug, ...bankTransfer }),
    { now: at },
  );
  return accepted(asked).invoice;
}

async function confirm(tenant: Tenant, at = now): Promise<void> {
  const [open] = await services.inAccount(tenant, ({ tx }) => openInvoices(tx), { now: at });
  if (open === undefined) throw new Error('No invoice is open.');
  const { amount, currency } = open;
  const money = { payerName: 'A. Payer', amount, currency, externalPaymentId: `FT ${newId()}` };
  const input = { ...money, accountId: tenant.accountId };
  accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, input), { at }));
}

/** An account that has paid for a plan at `now`. */
async function paidAccount(planSlug = 'starter'): Promise<Tenant> {
  const tenant = await services.register();
  await ask(tenant, planSlug);
  await confirm(tenant);
  return tenant;
}

/** What the worker does at a time, for every account. */
const work = (at: Date) =>
  liveSubscriptions({
    database: worker,
    settings: { renewalInvoiceDays: 7 },
    actor: { kind: 'system', job: 'subscription.live' },
    requestId: newId(),
    now: at,
  });

/** Runs the worker each day from one day after the end of the first period to another. */
async function workDays(from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day += 1) await work(addDays(end, day));
}

/** The messages about the life of a subscription that were sent, in order. */
async function messages({ accountId }: Tenant): Promise<string[]> {
  const rows = await services.database.query(
    `select topic, payload from outbox_message where account_id = $1
      and topic in ('invoice.issued', 'invoice.reminder', 'invoice.voided', 'subscription.renewed', 'subscription.changed',
        'subscription.past_due', 'subscription.ended', 'subscription.trial_ending', 'subscription.cancel_scheduled')
      order by at, id`,
    [accountId],
  );
  return rows.map(({ topic, payload }) => `${String(topic)} ${detailOf(payload)}`.trim());
}
function detailOf(payload: unknown): string {
  const field = (name: string) =>
    typeof payload === 'object' && payload !== null ? (Reflect.get(payload, name) ?? '') : '';
  return String(field('daysLate') === '' ? field('reason') : field('daysLate'));
}
const invoicesOf = (tenant: Tenant) =>
  services.database.query(
    'select kind, status, amount::int, period_start, due_at, void_reason from invoice where account_id = $1 order by id',
    [tenant.accountId],
  );
const stateAt = (tenant: Tenant, at: Date) => services.inAccount(tenant, getSubscription, { now: at });

describe('a period that is not renewed', () => {
  it('is invoiced, reminded of and ended, each once, though the worker runs every day and twice (J62)', async () => {
    const tenant = await paidAccount();
    for (let twice = 0; twice < 2; twice += 1) await workDays(-8, 9);
    expect(await messages(tenant)).toEqual([
      'invoice.issued',
      'invoice.issued',
      'invoice.reminder -3',
      'subscription.past_due',
      'invoice.reminder 0',
      'invoice.reminder 1',
      'subscription.ended payment_overdue',
      'invoice.reminder 7',
    ]);
    expect((await invoicesOf(tenant))[1]).toMatchObject({
      kind: 'subscription',
      status: 'open',
      amount: 2900,
      period_start: end,
      due_at: end,
    });
  });

  it('gives the same standing while no worker runs (J63)', async () => {
    const [idle, served] = [await paidAccount(), await paidAccount()];
    for (const day of [-1, 0, 6, 7, 40]) {
      await services.database.query(
        "update subscription_due set due_at = case account_id when $1 then 'infinity' else 'epoch' end::timestamptz",
        [idle.accountId],
      );
      await work(addDays(end, day));
      const at = addDays(end, day);
      const [one, other] = [await stateAt(idle, at), await stateAt(served, at)];
      expect(one.standing).toEqual(other.standing);
      expect(one.status).toEqual(other.status);
    }
    expect(await messages(idle)).toEqual(['invoice.issued']);
  });

  it('sends the newest reminder alone after the worker was away', async () => {
    const tenant = await paidAccount();
    await work(addDays(end, 2));
    expect(await messages(tenant)).toEqual([
      'invoice.issued',
      'invoice.issued',
      'subscription.past_due',
      'invoice.reminder 1',
    ]);
    const late = await paidAccount();
    await work(addDays(end, 60));
    expect(await messages(late)).toEqual([
      'invoice.issued',
      'subscription.past_due',
      'subscription.ended payment_overdue',
    ]);
  });

  it('has one invoice and one message though two workers run at once, and one fails in the middle (J62)', async () => {
    const tenant = await paidAccount();
    const at = addDays(end, -7);
    await Promise.all(Array.from({ length: 8 }, () => work(at)));
    expect(await invoicesOf(tenant)).toHaveLength(2);
    expect(await messages(tenant)).toEqual(['invoice.issued', 'invoice.issued']);
    const other = await paidAccount();
    const broken = liveSubscriptions(
      {
        database: worker,
        settings: { renewalInvoiceDays: 7 },
        actor: { kind: 'system', job: 'subscription.live' },
        requestId: newId(),
        now: at,
      },
      (name) => {
        if (name === 'steps_written') throw new Error('the worker fails');
      },
    );
    await expect(broken).rejects.toThrow('the worker fails');
    expect(await invoicesOf(other)).toHaveLength(1);
    await work(at);
    expect(await invoicesOf(other)).toHaveLength(2);
  });

  it('is not reminded of while somebody says that it was paid', async () => {
    const tenant = await paidAccount();
    await work(addDays(end, -7));
    const [invoice] = await services.inAccount(tenant, ({ tx }) => openInvoices(tx));
    const transfer = { invoiceId: invoice?.id ?? '', payerName: 'A', amount: 2900, currency: 'USD' };
    accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
    await workDays(-6, 1);
    expect((await messages(tenant)).filter((one) => one.startsWith('invoice.reminder'))).toEqual([]);
  });
});

describe('a period that is renewed', () => {
  it('in time is messages to begin when it begins, and nothing is reminded of', async () => {
    const tenant = await paidAccount();
    await work(addDays(end, -7));
    await confirm(tenant, addDays(end, -5));
    await workDays(-4, 3);
    expect(await messages(tenant)).toEqual(['invoice.issued', 'invoice.issued', 'subscription.renewed']);
  });

  it('that was asked for by hand has no second invoice', async () => {
    const tenant = await paidAccount();
    await ask(tenant, 'starter', addDays(end, -20));
    await work(addDays(end, -7));
    expect(await invoicesOf(tenant)).toHaveLength(2);
  });

  it('takes the place of an upgrade that nobody paid, and waits while its payment waits', async () => {
    const [idle, paying] = [await paidAccount(), await paidAccount()];
    for (const tenant of [idle, paying]) await ask(tenant, 'growth', addDays(end, -12));
    const [invoice] = await services.inAccount(paying, ({ tx }) => openInvoices(tx));
    const { id: invoiceId = '', amount = 0 } = invoice ?? {};
    const transfer = { invoiceId, payerName: 'A', amount, currency: 'USD' };
    accepted(await services.inAccount(paying, (context) => submitBankTransfer(context, transfer)));
    await work(addDays(end, -7));
    expect((await invoicesOf(idle)).slice(1)).toMatchObject([
      { kind: 'upgrade', status: 'void', void_reason: 'superseded' },
      { kind: 'subscription', status: 'open', amount: 2900 },
    ]);
    expect((await invoicesOf(paying)).slice(1)).toMatchObject([{ kind: 'upgrade', status: 'open' }]);
    await confirm(paying, addDays(end, -6));
    expect(await stateAt(paying, addDays(end, -6))).toMatchObject({ plan: { slug: 'growth' } });
  });

  it('moves to the cheaper plan that was asked for', async () => {
    const tenant = await paidAccount('growth');
    await ask(tenant, 'starter', addDays(end, -20));
    await work(addDays(end, -7));
    expect((await invoicesOf(tenant)).slice(1)).toMatchObject([{ amount: 2900, period_start: end }]);
    await confirm(tenant, addDays(end, -1));
    await workDays(0, 1);
    expect(await messages(tenant)).toContain('subscription.changed');
    expect(await stateAt(tenant, end)).toMatchObject({ plan: { slug: 'starter' } });
  });
});

describe('a subscription that is cancelled', () => {
  const cancel = (tenant: Tenant, at: Date) => services.inAccount(tenant, cancelSubscription, { now: at });
  const resume = (tenant: Tenant, at: Date) => services.inAccount(tenant, resumeSubscription, { now: at });

  it('works until the end of what was paid, and is neither invoiced nor reminded of', async () => {
    const tenant = await paidAccount();
    await ask(tenant, 'growth', addDays(now, 1));
    expect(accepted(await cancel(tenant, addDays(now, 2)))).toMatchObject({
      status: 'cancelled',
      standing: { state: 'good', until: end },
    });
    await workDays(-8, 8);
    expect((await invoicesOf(tenant)).slice(1)).toMatchObject([{ status: 'void', void_reason: 'cancelled' }]);
    expect((await messages(tenant)).slice(2)).toEqual([
      'invoice.voided cancelled',
      'subscription.cancel_scheduled',
      'subscription.ended subscription_cancelled',
    ]);
    expect((await stateAt(tenant, end)).standing).toMatchObject({ code: 'subscription_cancelled' });
  });

  it('goes on when it is resumed in time, and is renewed again', async () => {
    const tenant = await paidAccount();
    accepted(await cancel(tenant, addDays(now, 2)));
    expect(accepted(await cancel(tenant, addDays(now, 3)))).toMatchObject({ status: 'cancelled' });
    expect(accepted(await resume(tenant, addDays(end, -1)))).toMatchObject({ status: 'active' });
    expect(accepted(await resume(tenant, addDays(end, -1)))).toMatchObject({ status: 'active' });
    expect((await messages(tenant)).filter((one) => one.startsWith('subscription.cancel'))).toHaveLength(1);
    await work(addDays(end, -1));
    expect(await invoicesOf(tenant)).toHaveLength(2);
  });

  it('cannot be resumed after its end', async () => {
    const tenant = await paidAccount();
    accepted(await cancel(tenant, now));
    expect(codeOf(await resume(tenant, end))).toBe('conflict');
    expect(codeOf(await cancel(tenant, end))).toBe('conflict');
  });

  it('goes on when it is a trial, as a trial', async () => {
    const tenant = await services.register();
    accepted(await cancel(tenant, now));
    expect(accepted(await resume(tenant, addDays(now, 1)))).toMatchObject({ status: 'trialing' });
    await work(addDays(now, 11));
    await work(addDays(now, 14));
    expect((await messages(tenant)).slice(1)).toEqual([
      'subscription.trial_ending',
      'subscription.ended trial_expired',
    ]);
  });

  it('keeps an invoice on which a payment waits, and goes on when that is confirmed', async () => {
    const tenant = await paidAccount();
    const { id: invoiceId } = await ask(tenant, 'starter', addDays(end, -6));
    const transfer = { invoiceId, payerName: 'A', amount: 2900, currency: 'USD' };
    accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
    accepted(await cancel(tenant, addDays(end, -5)));
    await confirm(tenant, addDays(end, -4));
    expect(await stateAt(tenant, end)).toMatchObject({ status: 'active', paidThrough: addMonths(now, 2) });
  });
});
