import { defineEntity, p } from '@mikro-orm/core';
import type { AccountStatus, PaymentMethod } from '@tenantry/domain/standing';
import { tenantFilter } from '../tenancy.ts';

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  filters: tenantFilter('id'),
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    status: p.text().$type<AccountStatus>(),
    statusReason: p.text().nullable(),
    paymentMethod: p.text().$type<PaymentMethod>(),
    system: p.boolean(),
    sandbox: p.boolean(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** The tenant. Its status says only what an operator decided. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
