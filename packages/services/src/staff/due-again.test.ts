import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { change } from '@tenantry/ledger/change';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { releaseHold } from '../credit/release.ts';
import { type ServiceTest, type Tenant, accepted, openServiceTest } from '../service.fixture.ts';
import { adjustCredits } from './adjust-credits.ts';
import { day, moneyBackTest } from './money-back.fixture.ts';

let services: ServiceTest;
const tenants: Tenant[] = [];
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
afterEach(async () => {
  for (const { accountId } of tenants.splice(0))
    expect(await faultsOfBooks(services.database, accountId)).toEqual([]);
});

const {
  ask,
  askForPackage,
  balances,
  confirm,
  giveBack,
  granted,
  hold,
  invoice,
  newestPayment,
  pay,
  refund,
  settle,
  spend,
  stateAt,
} = moneyBackTest(() => services);
const register = async () => {
  const tenant = await services.register();
  tenants.push(tenant);
  return tenant;
};

describe('an invoice that is due again', () => {
  it('takes the place of the one that was asked for since, whose money it gets (J65)', async () => {
    const tenant = await register();
    const { payment, invoice: first } = await pay(tenant);
    const next = await ask(tenant, 'starter', day(25));
    accepted(await confirm(tenant, { invoiceId: next.id, amount: 1000 }, { at: day(26) }));
    accepted(await giveBack(tenant, payment.id, day(27)));
    expect(await invoice(tenant, next.id)).toMatchObject({ status: 'void', voidReason: 'superseded' });
    expect(await invoice(tenant, first.id)).toMatchObject({
      status: 'partially_paid',
      due: { amount: 1900 },
    });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 0 }]);
  });

  it('is paid by the balance that the account has from elsewhere, and what it began begins anew (J65)', async () => {
    const tenant = await register();
    const { payment, invoice: first } = await pay(tenant);
    await ask(tenant, 'starter', day(1));
    accepted(await confirm(tenant, { amount: 5800 }, { at: day(2) }));
    accepted(await giveBack(tenant, payment.id, day(3)));
    expect(await invoice(tenant, first.id)).toMatchObject({ status: 'paid' });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 0 }]);
    expect(await stateAt(tenant, day(3))).toMatchObject({ status: 'active', available: 5000, owed: 0 });
    expect(await granted(tenant)).toMatchObject({ periods: 2 });
  });

  it('of a period that is over leaves what was spent in it owed, so that paying it again buys no month for nothing', async () => {
    const tenant = await register();
    const { payment, invoice: first } = await pay(tenant);
    await spend(tenant, 4000);
    await pay(tenant, 'starter', day(20));
    accepted(await giveBack(tenant, payment.id, day(40)));
    expect(await stateAt(tenant, day(40))).toMatchObject({ status: 'active', available: 5000, owed: 4000 });
    accepted(await confirm(tenant, { invoiceId: first.id }, { at: day(41) }));
    expect(await stateAt(tenant, day(41))).toMatchObject({ available: 1000, owed: 0 });
    expect(await granted(tenant)).toMatchObject({ periods: 2 });
  });

  it('whose unused part paid for an upgrade leaves that part owed as well', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant);
    await spend(tenant, 1000);
    const { id, lines } = await ask(tenant, 'growth', day(1));
    expect(lines.at(-1)?.amount).toBeLessThan(0);
    const { due } = await invoice(tenant, id);
    accepted(await confirm(tenant, { invoiceId: id, amount: due.amount }, { at: day(1) }));
    accepted(await giveBack(tenant, payment.id, day(2)));
    const { owed } = await stateAt(tenant, day(2));
    expect(owed).toBe(5000);
  });

  it('which the balance had completed loses its period with the part that was returned', async () => {
    const tenant = await register();
    const { id } = await ask(tenant);
    accepted(await confirm(tenant, { amount: 1000 }));
    const part = await newestPayment(tenant);
    // Money for a package, of which more came than it costs, pays the rest.
    const { id: packageInvoice } = await askForPackage(tenant);
    accepted(await confirm(tenant, { invoiceId: packageInvoice, amount: 900 + 1900 }));
    expect(await invoice(tenant, id)).toMatchObject({ status: 'paid' });
    expect(await stateAt(tenant)).toMatchObject({ status: 'active', available: 6000 });
    accepted(await giveBack(tenant, part, day(1)));
    expect(await invoice(tenant, id)).toMatchObject({ status: 'partially_paid', due: { amount: 1000 } });
    expect(await stateAt(tenant, day(1))).toMatchObject({ code: 'payment_pending', available: 1000 });
    expect(await granted(tenant)).toMatchObject({ periods: 0 });
  });

  it('keeps what it began while money of another payment is in it', async () => {
    const tenant = await register();
    const { id } = await ask(tenant);
    accepted(await confirm(tenant, { amount: 1000 }));
    const part = await newestPayment(tenant);
    accepted(await confirm(tenant, { invoiceId: id, amount: 1900 }));
    expect(await refund(tenant, part, 1000)).toMatchObject({ status: 'refunded' });
    expect(await stateAt(tenant)).toMatchObject({ status: 'active', available: 5000 });
    accepted(await refund(tenant, await newestPayment(tenant), 1900));
    expect(await stateAt(tenant)).toMatchObject({ code: 'payment_pending', available: 0 });
  });
});

describe('credits that are held when their payment is taken back', () => {
  it('are owed as far as they are spent, and never when they are released (J65)', async () => {
    const tenant = await register();
    const { payment, invoice: paid } = await pay(tenant);
    await spend(tenant, 100);
    const [released, settled] = [await hold(tenant, 300), await hold(tenant, 200)];
    accepted(await giveBack(tenant, payment.id));
    expect(await stateAt(tenant)).toMatchObject({ owed: 100, available: 0 });
    accepted(await services.inAccount(tenant, ({ tx }) => change(tx, releaseHold, { holdId: released })));
    expect(await stateAt(tenant)).toMatchObject({ owed: 100 });
    accepted(await settle(tenant, settled, 50));
    expect(await stateAt(tenant)).toMatchObject({ owed: 150 });
    accepted(await confirm(tenant, { invoiceId: paid.id }));
    expect(await stateAt(tenant)).toMatchObject({ owed: 0, available: 4850, spent: 150 });
  });

  it('do not count what staff had taken away, nor what a hold gave back after its month', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant);
    const input = {
      accountId: tenant.accountId,
      amount: -700,
      kind: 'adjustment',
      reason: 'mistake',
    } as const;
    accepted(await services.asStaff(tenant, (context) => adjustCredits(context, input)));
    await hold(tenant, 400);
    accepted(await giveBack(tenant, payment.id, day(2)));
    expect(await stateAt(tenant, day(2))).toMatchObject({ owed: 0, available: 0, spent: 0 });
  });

  it('are owed once for a package that was taken back twice', async () => {
    const tenant = await register();
    await pay(tenant);
    const { id } = await askForPackage(tenant);
    for (const days of [0, 1]) {
      const at = day(days);
      accepted(await confirm(tenant, { invoiceId: id, amount: 900 }, { at }));
      if (days === 0) await spend(tenant, 5200);
      accepted(await giveBack(tenant, await newestPayment(tenant), at));
    }
    expect(await stateAt(tenant, day(1))).toMatchObject({ owed: 200 });
  });
});
