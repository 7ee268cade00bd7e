import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { transports, verdictOf } from '../../procedures.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { registerSandbox, sentEmails, sentMessages } from '../../sandbox.ts';
import { signInStaff } from '../../users.ts';
import { type MailServer, openMailServer } from '../../webhook/mail-server.ts';
import { type TestRelay, openTestRelay } from '../../webhook/relay.ts';
import { actor } from './actor.fixture.ts';

let app: TestApp;
let finance: string;
let mail: MailServer;
let relay: TestRelay;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
  mail = await openMailServer();
  relay = await openTestRelay(app.database, { smtpUrl: mail.url });
});
afterAll(async () => {
  await relay.close();
  await mail.close();
  await app.close();
});

const day = 86_400;
describe('a subscription', () => {
  it.each(transports)(
    'from checkout to credits spent, and the same a year later by the clock, over %s',
    async (transport) => {
      const owner = await registerSandbox(app);
      const { accepted, advance, ask, call, open, pay, payWithProof, spend, until } = actor(
        { app, finance },
        transport,
        owner,
      );
      const preview = await accepted('subscription.preview', {
        planSlug: 'starter',
        paymentMethod: 'bank_transfer',
      });
      expect(preview).toMatchObject({ kind: 'subscription', startsAt: null, total: { amount: 2900 } });
      const invoice = await ask('starter');
      expect(invoice.total).toEqual(preview.total);
      expect((await accepted('subscription.get')).plan.slug).toBe('trial');
      await payWithProof();
      const began = Date.now();
      for (let month = 1; month <= 12; month += 1) {
        await spend(4000);
        const { paidThrough } = await accepted('subscription.get');
        // A week before the end there is an invoice, and not earlier.
        expect(await open()).toEqual([]);
        await until(new Date(Date.parse(paidThrough) - 7 * day * 1000).toISOString());
        expect(await open()).toMatchObject([{ kind: 'subscription', dueAt: paidThrough }]);
        // A year later the same by hand as at the beginning.
        await (month === 12 ? payWithProof() : pay());
        expect((await accepted('credit.get')).byKind.plan).toBe(1000);
        await until(paidThrough);
        expect((await accepted('credit.get')).byKind.plan).toBe(5000);
      }
      expect(Date.now() - began).toBeLessThan(150_000);
      expect((await accepted('credit.get')).spent).toBe(48_000);
      // Nobody pays any more: reminders, grace, and the end.
      await advance(31 + 7);
      expect(verdictOf(await call('credit.hold', { amount: 1 }))).toBe('402 payment_overdue');
      const sent = await sentMessages(app, owner);
      const count = (topic: string) => sent.filter((one) => one === topic).length;
      expect(count('invoice.issued')).toBe(14);
      expect(count('invoice.paid')).toBe(13);
      expect(count('subscription.renewed')).toBe(12);
      expect(count('invoice.reminder')).toBeGreaterThanOrEqual(3);
      expect(count('subscription.past_due')).toBe(1);
      expect(count('subscription.ended')).toBe(1);
      // Each invoice was mailed, and each payment of it; nothing of a year waits for the hours of real time.
      await expect
        .poll(() => sentEmails(app, owner), { timeout: 60_000, interval: 500 })
        .toMatchObject({
          'invoice.issued': 14,
          'invoice.paid': 13,
          'invoice.reminder': count('invoice.reminder'),
        });
      const { items: invoices } = await accepted('invoice.list');
      const texts = mail.to(owner.email).map(({ source }) => source.replaceAll('=\r\n', ''));
      for (const { number, status } of invoices)
        expect(texts.filter((text) => text.includes(number)).length).toBeGreaterThanOrEqual(
          status === 'paid' ? 2 : 4,
        );
      // Late money begins anew.
      await pay();
      expect((await accepted('subscription.get')).standing).toMatchObject({ state: 'good' });
      await spend(5000);
      expect(verdictOf(await call('credit.hold', { amount: 1 }))).toBe('402 insufficient_credits');
      expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    },
    300_000,
  );

  it.each(transports)('changes for what a preview said, over %s', async (transport) => {
    const owner = await registerSandbox(app);
    const { accepted, advance, ask, pay, spend } = actor({ app, finance }, transport, owner);
    await ask('starter');
    await pay();
    await spend(1000);
    await advance(10);
    const wish = { planSlug: 'growth', paymentMethod: 'bank_transfer' };
    const preview = await accepted('subscription.preview', wish);
    expect(preview).toMatchObject({ kind: 'upgrade', startsAt: null, credits: 20_000, overLimits: [] });
    const invoice = await ask('growth');
    const { amount } = preview.unused;
    expect(Math.abs(invoice.total.amount - (8900 - amount))).toBeLessThanOrEqual(1);
    await pay();
    expect(await accepted('subscription.get')).toMatchObject({ plan: { slug: 'growth' } });
    expect((await accepted('credit.get')).byKind.plan).toBe(20_000);
    for (const name of ['A', 'B', 'C', 'D']) await accepted('site.create', { name });
    const down = await accepted('subscription.preview', { ...wish, planSlug: 'starter' });
    const { paidThrough } = await accepted('subscription.get');
    expect(down).toMatchObject({ kind: 'subscription', startsAt: paidThrough, overLimits: ['sites'] });
  });

  it.each(transports)('is cancelled and resumed by %s', async (transport) => {
    const owner = await registerSandbox(app);
    const { accepted, advance, ask, call, pay } = actor({ app, finance }, transport, owner);
    await ask('starter');
    await pay();
    expect(await accepted('subscription.cancel')).toMatchObject({ status: 'cancelled' });
    expect(await accepted('subscription.resume')).toMatchObject({ status: 'active' });
    await accepted('subscription.cancel');
    await advance(32);
    expect(verdictOf(await call('credit.hold', { amount: 1 }))).toBe('402 subscription_cancelled');
    expect(verdictOf(await call('subscription.resume'))).toBe('409 conflict');
    expect(verdictOf(await call('subscription.cancel'))).toBe('409 conflict');
    await ask('growth');
    await pay();
    expect((await accepted('subscription.get')).standing).toMatchObject({ state: 'good' });
  });

  it.each(transports)('has credits added in one piece by %s', async (transport) => {
    const owner = await registerSandbox(app);
    const { accepted, call, pay } = actor({ app, finance }, transport, owner);
    const { items } = await accepted('creditPackage.list');
    expect(items).toMatchObject([{ slug: 'small', credits: 5000 }, { slug: 'large' }]);
    const wish = { packageSlug: 'small', paymentMethod: 'bank_transfer' };
    const bought = await accepted('creditPackage.buy', wish);
    expect(bought.invoice).toMatchObject({ kind: 'package', total: { amount: 3500 } });
    expect((await accepted('creditPackage.buy', wish)).invoice.id).toBe(bought.invoice.id);
    await pay();
    expect((await accepted('credit.get')).byKind.purchase).toBe(5000);
    expect(verdictOf(await call('creditPackage.buy', { ...wish, packageSlug: 'none' }))).toBe(
      '404 not_found',
    );
    expect(verdictOf(await call('creditPackage.buy', { ...wish, paymentMethod: 'paypal' }))).toBe(
      '409 provider_disabled',
    );
  });
});
