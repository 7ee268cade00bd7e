import type { StaffAccountInput } from '@tenantry/contract/staff-account';
import { accountExists } from '@tenantry/db/account/queries';
import { openInvoices } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { refuse } from '@tenantry/domain/refusals';
import { getCredits } from '../credit/get.ts';
import { invoiceView } from '../invoice/view.ts';
import type { Flow } from '../ports.ts';
import { getSubscription } from '../subscription/get.ts';
import { staffAccountView } from './on-account.ts';

/** One account with what an operator looks at first. Refuses `not_found`. */
export function getAccountForStaff({ database, callInfo }: Flow, { accountId }: StaffAccountInput) {
  return database.inAccount.read({ accountId }, callInfo, async (tx) => {
    if (!(await accountExists(tx))) return refuse('not_found');
    const invoices = [];
    for (const invoice of await openInvoices(tx))
      invoices.push(invoiceView(invoice, (await getPlan(tx, invoice.planId)).slug));
    return {
      ...(await staffAccountView(tx)),
      subscription: await getSubscription(tx),
      credits: await getCredits(tx),
      openInvoices: invoices,
    };
  });
}
