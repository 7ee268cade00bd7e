import { openInvoices } from '@tenantry/db/billing/queries';
import { getBillingDetails } from '../billing-details/get.ts';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { invoiceViews } from '../invoice/view.ts';
import { getSubscription } from '../subscription/get.ts';
import { staffAccountView } from './account-view.ts';

/** One account with what an operator reads first: its subscription, credits and open invoices. */
export async function getAccountForStaff(context: Context) {
  const { tx } = context;
  return {
    ...(await staffAccountView(tx)),
    subscription: await getSubscription(context),
    credits: await getCredits(context),
    billingDetails: await getBillingDetails(context),
    openInvoices: await invoiceViews(tx, await openInvoices(tx)),
  };
}
