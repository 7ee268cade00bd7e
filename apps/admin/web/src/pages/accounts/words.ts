import type { AccountOrder } from '@tenantry/domain/account/list';
import type { PaymentMethod } from '@tenantry/domain/standing';

/** Ways to pay, as people read them. */
export const methodNames: Readonly<Record<PaymentMethod, string>> = {
  bank_transfer: 'Bank transfer',
  stripe: 'Stripe',
  paypal: 'PayPal',
};

/** Orders of a list, as people read them. */
export const orderNames: Readonly<Record<AccountOrder, string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'By name',
};
