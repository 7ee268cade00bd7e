import { Account } from '@tenantry/db/account/entity';
import { openInvoices } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { refuse } from '@tenantry/domain/refusals';
import { getCredits } from '../credit/get.ts';
import { invoiceView } from '../invoice/view.ts';
import type { Flow } from '../ports.ts';
import { getSubscription } from '../subscription/get.ts';
import { staffAccountView } from './on-account.ts';

/** One account with what an operator looks at first. Refuses `not_found`. */
export function getAccountForStaff({ database, deed }: Flow, { accountId }: { accountId: string }) {
  return database.transact({ accountId }, deed, async (records) => {
    if ((await records.em.count(Account, { id: accountId })) === 0) return refuse('not_found');
    const invoices = [];
    for (const invoice of await openInvoices(records))
      invoices.push(invoiceView(invoice, (await getPlan(records.em, invoice.planId)).slug));
    return {
      ...(await staffAccountView(records)),
      subscription: await getSubscription(records),
      credits: await getCredits(records),
      openInvoices: invoices,
    };
  });
}
