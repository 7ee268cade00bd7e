import { defineEntity, p } from '@mikro-orm/core';
import type { LifeStep } from '@tenantry/domain/billing/life';
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
    /** Until when grace lasts at least, while a payment waits for staff. */
    reviewUntil: p.datetime().nullable(),
    /** Until when grace lasts at least, by a decision of staff. */
    graceUntil: p.datetime().nullable(),
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
    creditsLess: p.bigint('number'),
    invoiceId: p.uuid().nullable(),
    paymentId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});
/** A period that was paid. One that has not begun may move when a better plan is paid. */
export class SubscriptionPeriod extends PeriodSchema.class {}
PeriodSchema.setClass(SubscriptionPeriod);

const EventSchema = defineEntity({
  name: 'SubscriptionEvent',
  tableName: 'subscription_event',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    /** Names the step once for the account and for all time. */
    key: p.text(),
    kind: p.text().$type<LifeStep['kind']>(),
    facts: p.json<Record<string, string>>(),
  },
});
/** What time has made due in the life of a subscription, and was done once. Nothing but the job that does it reads it. */
export class SubscriptionEvent extends EventSchema.class {}
EventSchema.setClass(SubscriptionEvent);

const UpgradeCreditSchema = defineEntity({
  name: 'UpgradeCredit',
  tableName: 'upgrade_credit',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    invoiceId: p.uuid().primary(),
    periodId: p.uuid(),
    credits: p.bigint('number'),
    months: p.integer(),
    amount: p.bigint('number'),
  },
});
/** The unused part of a period that the invoice of an upgrade took off its price. */
export class UpgradeCredit extends UpgradeCreditSchema.class {}
UpgradeCreditSchema.setClass(UpgradeCredit);
