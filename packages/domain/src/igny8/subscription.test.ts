import { describe, expect, it } from 'vitest';
import type { OldSubscription } from './source.ts';
import { importedSubscription } from './subscription.ts';

const now = new Date('2026-03-10T00:00:00Z');
const account = {
  id: '1',
  name: 'Acme',
  slug: 'acme',
  status: 'active',
  planSlug: 'starter',
  ownerId: '1',
  credits: 0,
  createdAt: now,
};
const running: OldSubscription = {
  id: '7',
  status: 'active',
  stripeSubscriptionId: 'sub_7',
  paymentMethod: null,
  externalPaymentId: null,
  periodStart: new Date('2026-03-01T00:00:00Z'),
  periodEnd: new Date('2026-04-01T00:00:00Z'),
  cancelAtPeriodEnd: false,
};
const of = (more: Partial<OldSubscription> = {}, status = 'active') =>
  importedSubscription({ account: { ...account, status }, subscriptions: [{ ...running, ...more }] }, now);

describe('the subscription of an account that is imported', () => {
  it('keeps its period and its Stripe id', () => {
    expect(of()).toEqual({
      notes: [],
      subscription: {
        status: 'active',
        paymentMethod: 'stripe',
        stripeSubscriptionId: 'sub_7',
        externalPaymentId: null,
        periodStart: running.periodStart,
        periodEnd: running.periodEnd,
        months: 1,
        nextGrantAt: null,
      },
    });
  });

  it('has the months of a longer period, and the next one to come', () => {
    const year = {
      periodStart: new Date('2026-01-31T00:00:00Z'),
      periodEnd: new Date('2027-01-31T00:00:00Z'),
    };
    expect(of(year).subscription).toMatchObject({
      months: 12,
      nextGrantAt: new Date('2026-03-31T00:00:00Z'),
    });
  });

  it.each([
    ['is cancelled', { status: 'canceled' }, 'active', 'cancelled'],
    ['is to be cancelled', { cancelAtPeriodEnd: true }, 'active', 'cancelled'],
    ['belongs to a cancelled account', {}, 'cancelled', 'cancelled'],
    ['is past due', { status: 'past_due' }, 'active', 'past_due'],
    ['is a trial', { status: 'trialing' }, 'active', 'trialing'],
    ['is of no known kind', { status: 'incomplete' }, 'active', 'pending_payment'],
    ['has an empty period', { periodEnd: running.periodStart }, 'active', 'pending_payment'],
  ] as const)('that %s stays so', (_what, more, accountStatus, status) => {
    expect(of(more, accountStatus).subscription.status).toBe(status);
  });

  it('of a trial has no paid period', () => {
    expect(of({ status: 'trialing' }).subscription.months).toBe(0);
  });

  it('has no empty Stripe id', () => {
    expect(of({ stripeSubscriptionId: '' }).subscription.stripeSubscriptionId).toBeNull();
  });

  it('names a way to pay that is not known', () => {
    const { subscription, notes } = of({ paymentMethod: 'cheque' });
    expect(subscription.paymentMethod).toBe('bank_transfer');
    expect(notes).toMatchObject([
      { outcome: 'changed', id: '7', reason: 'the payment method "cheque" is not known: bank_transfer' },
    ]);
  });

  it('is the one that lasts longest, and the others are left out', () => {
    const longer = { ...running, id: '8', periodEnd: new Date('2026-05-01T00:00:00Z') };
    const { subscription, notes } = importedSubscription({ account, subscriptions: [running, longer] }, now);
    expect(subscription.periodEnd).toEqual(longer.periodEnd);
    expect(notes).toMatchObject([{ outcome: 'left out', table: 'subscriptions', id: '7' }]);
  });
});
