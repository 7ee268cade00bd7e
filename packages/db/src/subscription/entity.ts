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
    version: p.integer().version(),
  },
});
/** What money says about an account; one row for each. */
export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription);
