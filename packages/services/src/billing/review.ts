import { updateRow } from '@tenantry/db/row';
import type { Invoice } from '@tenantry/db/billing/entity';
import { getPlan } from '@tenantry/db/plan/queries';
import { getStoredSubscription, getSubscription } from '@tenantry/db/subscription/queries';
import { reviewDays } from '@tenantry/domain/billing/review';
import { limitPlanGrants } from '@tenantry/domain/credit/grants';
import { extendPlanGrants } from '@tenantry/domain/credit/withdraw';
import { graceEndOf } from '@tenantry/domain/standing';
import { addDays } from '@tenantry/domain/time';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/**
 * Makes grace longer while staff have not looked at the payment of a renewal that was submitted before grace was over, so
 * that nobody is shut out because staff are slow. The end is the same for every payment of one period, so that submitting
 * again adds nothing. The account is locked.
 */
export async function beginReview(
  { tx }: Pick<Context, 'tx'>,
  invoice: Pick<Invoice, 'kind'>,
): Promise<void> {
  const subscription = await getSubscription(tx);
  const { status, planId } = subscription;
  if (invoice.kind !== 'subscription' || (status !== 'active' && status !== 'past_due')) return;
  // A payment that waited before adds nothing to the end that the plan or staff gave.
  const graceEnd = graceEndOf({ ...subscription, reviewUntil: null }, (await getPlan(tx, planId)).graceDays);
  if (tx.now >= graceEnd) return;
  const until = addDays(graceEnd, reviewDays);
  await change(tx, extend, { from: graceEnd, until });
  await updateRow(tx, await getStoredSubscription(tx), { reviewUntil: until });
}

/** Ends the longer grace when staff have decided: it is as long as the plan says again. The account is locked. */
export async function endReview({ tx }: Pick<Context, 'tx'>): Promise<void> {
  const stored = await getStoredSubscription(tx);
  if (stored.reviewUntil == null) return;
  const graceEnd = addDays(stored.reviewUntil, -reviewDays);
  // What staff gave in the meantime stays.
  const { graceUntil } = stored;
  await change(tx, limit, graceUntil != null && graceUntil > graceEnd ? graceUntil : graceEnd);
  await updateRow(tx, stored, { reviewUntil: null });
}

const extend: LedgerService<{ from: Date; until: Date }, null> = {
  reads: () => ({}),
  decide: ({ view }, { from, until }) => ({ books: extendPlanGrants(view.books, from, until), answer: null }),
};

const limit: LedgerService<Date, null> = {
  reads: () => ({}),
  decide: ({ view }, end) => ({ books: limitPlanGrants(view.books, end), answer: null }),
};
