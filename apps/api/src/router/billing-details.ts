import { billingDetails, billingDetailsInput } from '@tenantry/contract/billing-details';
import { nothing } from '@tenantry/contract/fields';
import { getBillingDetails } from '@tenantry/services/billing-details/get';
import { setBillingDetails } from '@tenantry/services/billing-details/set';
import { router, run, tenant } from '../procedures.ts';

const tags = ['account'];

export const billingDetailsRouter = router({
  get: tenant(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    {
      method: 'GET',
      path: '/account/billing-details',
      tags,
      summary: 'What new invoices say of the customer',
    },
  )
    .input(nothing)
    .output(billingDetails)
    .query(run(getBillingDetails)),

  set: tenant(
    {
      scope: 'billing:write',
      standing: 'unpaid',
      throttle: 'billing',
      audit: { facts: ['legalName', 'country', 'taxId'] },
    },
    {
      method: 'PUT',
      path: '/account/billing-details',
      tags,
      summary: 'Say who the customer of the next invoices is',
      description: 'Replaces all of it. Invoices that were issued keep the customer as it was.',
    },
  )
    .input(billingDetailsInput)
    .output(billingDetails)
    .mutation(run(setBillingDetails)),
});
