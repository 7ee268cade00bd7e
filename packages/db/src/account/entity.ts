import { defineEntity, p } from '@mikro-orm/core';
import type { BillingDetails } from '@tenantry/domain/invoice/parties';
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
    /** The operator's own id of this customer, unique across accounts; null without one. */
    externalId: p.text().nullable(),
    /** How far its test clock is ahead of real time; a constraint lets a sandbox alone have one. */
    aheadMilliseconds: p.bigint('number'),
    /** What its invoices say of the customer; null where it has said nothing. */
    billingDetails: p.json<BillingDetails>().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** The tenant. Its status says only what an operator decided. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);

const AccountDirectorySchema = defineEntity({
  name: 'AccountDirectoryEntry',
  tableName: 'account_directory',
  properties: {
    externalId: p.text().primary(),
    accountId: p.uuid(),
    /** The fingerprint of the request that made the account. */
    asked: p.text(),
  },
});
/** Which account an external id names; shows the one that was presented. */
export class AccountDirectoryEntry extends AccountDirectorySchema.class {}
AccountDirectorySchema.setClass(AccountDirectoryEntry);
