import { defineEntity, p } from '@mikro-orm/core';
import type { PaymentMethod, SubscriptionStatus } from '@tenantry/domain/standing';
import { tenantFilter } from '../tenancy.ts';

const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'subscription',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    planId: p.uuid(),
    status: p.text().$type<SubscriptionStatus>(),
    paymentMethod: p.text().$type<PaymentMethod>(),
    externalPaymentId: p.text().nullable(),
    stripeSubscriptionId: p.text().nullable(),
    periodStart: p.datetime(),
    periodEnd: p.datetime(),
    anchorAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/**
 * What money says about an account; one row for each. Plan and period are those that ran when it was last written: a
 * paid period that has begun since takes their place.
 */
export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription);

const PeriodSchema = defineEntity({
  name: 'SubscriptionPeriod',
  tableName: 'subscription_period',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    planId: p.uuid(),
    anchorAt: p.datetime(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    months: p.integer(),
    paymentId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});
/** A period that was paid. One that has not begun may move when a better plan is paid. */
export class SubscriptionPeriod extends PeriodSchema.class {}
PeriodSchema.setClass(SubscriptionPeriod);
