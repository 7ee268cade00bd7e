import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { contentOf } from '../../failpoint.ts';
import { verdictOf } from '../../procedures.ts';
import { signInStaff } from '../../users.ts';

let app: TestApp;
let off: RunningApi;
beforeAll(async () => {
  app = await openTestApp();
  off = await app.openAnother({ bankTransfer: 'off' });
});
afterAll(async () => {
  await off.close();
  await app.close();
});

const transfer = { planSlug: 'growth', payerName: 'A. Payer', amount: 8900, currency: 'USD' };
const purchase = { packageSlug: 'small', paymentMethod: 'bank_transfer' };
const wish = { planSlug: 'growth', paymentMethod: 'bank_transfer' };

const registration = {
  email: 'switched.off@example.test',
  password: 'correct horse battery',
  accountName: 'Nobody yet',
  ...wish,
};

describe('a switch that turns bank transfers off', () => {
  it('refuses each way to pay by one, by both transports, and changes no row', async () => {
    const { owner } = await submitTransfer(app);
    const bearer = owner.token;
    const before = await contentOf(app.database);
    const answers = [
      await off.rest('POST', '/v1/payments/bank-transfers', { body: transfer, bearer }),
      await off.rest('POST', '/v1/subscription/change', { body: wish, bearer }),
      await off.rest('POST', '/v1/credits/purchases', { body: purchase, bearer }),
      await off.rest('POST', '/v1/accounts', { body: { name: 'One more', ...wish }, bearer }),
      await off.rest('POST', '/v1/registrations', { body: registration }),
      await off.trpc('registration.create', registration),
      await off.trpc('payment.submitBankTransfer', transfer, { bearer }),
      await off.trpc('subscription.change', wish, { bearer }),
      await off.trpc('creditPackage.buy', purchase, { bearer }),
    ];
    expect(answers.map(verdictOf)).toEqual(answers.map(() => '409 provider_disabled'));
    expect(await contentOf(app.database)).toEqual(before);
  });

  it('leaves what was reported before for staff to confirm, and shows it', async () => {
    const { owner, paymentId, confirmation } = await submitTransfer(app);
    const bearer = owner.token;
    const shown = await off.rest('GET', `/v1/payments/${paymentId}`, { bearer });
    expect(shown.body).toMatchObject({ status: 'pending_approval' });
    const staff = await signInStaff(app, 'finance');
    const confirmed = await app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', {
      body: confirmation,
      bearer: staff,
    });
    expect(verdictOf(confirmed)).toBe('ok');
    const subscription = await off.rest('GET', '/v1/subscription', { bearer });
    expect(subscription.body).toMatchObject({ status: 'active' });
    const credits = await off.rest('GET', '/v1/credits', { bearer });
    expect(credits.body.byKind.plan).toBeGreaterThan(0);
  });

  it('is turned back without a trace', async () => {
    const { owner } = await submitTransfer(app);
    const bearer = owner.token;
    expect(verdictOf(await off.rest('POST', '/v1/subscription/change', { body: wish, bearer }))).toBe(
      '409 provider_disabled',
    );
    expect(verdictOf(await app.rest('POST', '/v1/subscription/change', { body: wish, bearer }))).toBe('ok');
  });
});
