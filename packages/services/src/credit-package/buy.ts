import type { BuyPackageInput } from '@tenantry/contract/credit-package';
import { lockAccount } from '@tenantry/db/account/queries';
import { openInvoices } from '@tenantry/db/billing/queries';
import { findSellablePackage } from '@tenantry/db/catalogue/queries';
import { paymentDays } from '@tenantry/domain/invoice/due';
import { refusalIfNotOffered } from '@tenantry/domain/payment/methods';
import { refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import { issueInvoice } from '../billing/issue-invoice.ts';
import type { Context } from '../context.ts';
import { invoiceView } from '../invoice/view.ts';

/**
 * Asks for a package of credits by bank transfer: answers the invoice to pay, and its credits are granted when it is paid.
 * Asking again answers the same invoice while nothing of it is paid. Refuses `not_found` for a package that is not sold,
 * and `provider_disabled` for another payment method.
 */
export async function buyPackage(
  context: Context<'paymentMethods'>,
  { packageSlug, paymentMethod }: BuyPackageInput,
) {
  const { tx, paymentMethods } = context;
  const notOffered = refusalIfNotOffered(paymentMethod, paymentMethods);
  if (notOffered !== undefined) return notOffered;
  const sold = await findSellablePackage(tx, packageSlug);
  if (sold === undefined) return refuse('not_found');
  await lockAccount(tx);
  const { id: packageId, name, priceAmount: amount, currency } = sold;
  const open = (await openInvoices(tx)).find((one) => one.packageId === packageId && one.status === 'open');
  const line = { description: name, quantity: 1, unitAmount: amount, amount, period: null };
  const order = { kind: 'package', packageId, lines: [line], currency, period: null } as const;
  const invoice = open ?? (await issueInvoice({ tx }, { ...order, dueAt: addDays(tx.now, paymentDays) }));
  return { invoice: await invoiceView(tx, invoice) };
}
