import { getAccount } from '@tenantry/db/account/queries';
import type { Context } from '../context.ts';

/** What new invoices say of the customer; nothing where the account has said nothing. */
export async function getBillingDetails({ tx }: Pick<Context, 'tx'>) {
  const stored = (await getAccount(tx)).billingDetails ?? null;
  if (stored === null) return { legalName: null, address: [], country: null, taxId: null, email: null };
  const { legalName, address, country, taxId, email } = stored;
  return { legalName, address: [...address], country, taxId, email };
}
