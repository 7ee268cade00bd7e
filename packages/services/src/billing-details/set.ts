import type { BillingDetailsInput } from '@tenantry/contract/billing-details';
import { getAccount } from '@tenantry/db/account/queries';
import { updateRow } from '@tenantry/db/row';
import type { Context } from '../context.ts';
import { getBillingDetails } from './get.ts';

/** Says anew, as a whole, what new invoices say of the customer. Invoices that are there stay as they are. */
export async function setBillingDetails({ tx }: Context, billingDetails: BillingDetailsInput) {
  await updateRow(tx, await getAccount(tx), { billingDetails });
  return getBillingDetails({ tx });
}
