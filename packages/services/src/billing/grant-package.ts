import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { getPackage } from '@tenantry/db/catalogue/queries';
import { newId } from '@tenantry/db/ids';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { purchaseExpiry } from '@tenantry/domain/credit/schedule';
import { change } from '@tenantry/ledger/change';
import type { Context } from '../context.ts';
import { grantCredits } from '../credit/grant.ts';

/** Grants the credits of a package that was paid, for as many days as the package says, or else the plan. */
export async function grantPackage(
  { tx }: Pick<Context, 'tx'>,
  { invoice: { id, packageId = null, version }, payment }: { invoice: Invoice; payment: Payment | undefined },
): Promise<void> {
  if (packageId === null) throw new Error(`The invoice ${id} is for no package.`);
  const { credits: amount, validDays = null } = await getPackage(tx, packageId);
  const { purchaseDays } = await getPlanOfAccount(tx);
  const expiresAt = purchaseExpiry({ purchaseDays: validDays ?? purchaseDays }, tx.now);
  // An invoice whose money was taken back may be paid again; its version is another one then.
  const reference = `invoice:${id}:${payment?.id ?? `balance ${version}`}`;
  const grant = { id: newId(), kind: 'purchase' as const, amount, expiresAt, reference };
  await change(tx, grantCredits, grant);
  await enqueueOutboxMessage(tx, 'credit.purchased', { invoiceId: id, credits: amount });
}
