import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addFreePlan } from '../../plan.ts';
import { transports, verdictOf } from '../../procedures.ts';
import { registerSandbox } from '../../sandbox.ts';
import { signInStaff } from '../../users.ts';
import { actor } from './actor.fixture.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
  await addFreePlan(app);
});
afterAll(() => app.close());

describe('a plan that costs nothing', () => {
  it.each(transports)(
    'follows a paid one, is used each month, and gives way to a paid one, over %s',
    async (transport) => {
      const { accepted, ask, call, open, pay, spend, until } = actor(
        { app, finance },
        transport,
        await registerSandbox(app),
      );
      const wish = { planSlug: 'free', paymentMethod: 'bank_transfer' };
      await ask('starter');
      await pay();
      const { paidThrough } = await accepted('subscription.get');
      expect(await accepted('subscription.change', wish)).toMatchObject({
        invoice: null,
        subscription: {
          plan: { slug: 'starter' },
          paidThrough,
          next: { planSlug: 'free', periodStart: paidThrough },
        },
      });
      await until(paidThrough);
      expect(await open()).toEqual([]);
      for (let month = 0; month < 3; month += 1) {
        const { plan, periodEnd, standing } = await accepted('subscription.get');
        expect({ slug: plan.slug, standing }).toMatchObject({
          slug: 'free',
          standing: { state: 'good', until: null },
        });
        await spend(100);
        expect(verdictOf(await call('credit.hold', { amount: 1 }))).toBe('402 insufficient_credits');
        await until(periodEnd);
      }
      await ask('starter');
      await pay();
      expect(await accepted('subscription.get')).toMatchObject({ plan: { slug: 'starter' }, next: null });
      expect((await accepted('credit.get')).byKind.plan).toBe(5000);
    },
  );

  it.each(transports)('is no trial and no way to pay nothing for another, over %s', async (transport) => {
    const { call } = actor({ app, finance }, transport, await registerSandbox(app));
    const change = (planSlug: string, paymentMethod = 'bank_transfer') =>
      call('subscription.change', { planSlug, paymentMethod });
    expect(verdictOf(await change('trial'))).toBe('409 conflict');
    expect(verdictOf(await change('starter', 'stripe'))).toBe('409 provider_disabled');
    expect(verdictOf(await change('none'))).toBe('404 not_found');
    const transfer = { planSlug: 'free', payerName: 'A. Payer', amount: 1, currency: 'USD' };
    expect(verdictOf(await call('payment.submitBankTransfer', transfer))).toBe('409 conflict');
  });
});
