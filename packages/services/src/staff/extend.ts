import type { ExtendSubscriptionInput, PreviewExtensionInput } from '@tenantry/contract/staff-subscription';
import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { updateRow } from '@tenantry/db/row';
import { getStoredSubscription, getSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Extension, extend } from '@tenantry/domain/billing/extend';
import { extendPlanGrants } from '@tenantry/domain/credit/withdraw';
import { isRefusal } from '@tenantry/domain/refusals';
import { standing } from '@tenantry/domain/standing';
import { change } from '@tenantry/ledger/change';
import { booksNow } from '@tenantry/ledger/read/balance';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * What more days of the trial or of grace would bring: the end, the standing, and the plan credits that stay usable until
 * then. Writes nothing. Refuses `conflict` for a subscription that has neither.
 */
export async function previewExtension({ tx }: Context, { days }: PreviewExtensionInput) {
  const asked = await ask(tx, days);
  return isRefusal(asked) ? asked : asked.view;
}

/**
 * Makes a trial, or the grace of a paid plan, longer without a payment. The plan credits that would end with it end with
 * the new end; those that have ended stay so. Refuses `conflict` for a subscription that has neither, and `role_forbids`
 * to staff who are members of the account.
 */
export async function extendSubscription({ tx }: Context, { days }: ExtendSubscriptionInput) {
  const refusal = await refusalIfStaffIsMember(tx);
  if (refusal !== undefined) return refusal;
  const asked = await ask(tx, days);
  if (isRefusal(asked)) return asked;
  const { extension, plan, view } = asked;
  const { kind, until } = extension;
  // The ledger first: what is due by now ends as it was.
  await change(tx, extendCredits, extension);
  const changes = kind === 'trial' ? { periodEnd: until } : { graceUntil: until };
  await updateRow(tx, await getStoredSubscription(tx), changes);
  await enqueueOutboxMessage(tx, 'subscription.extended', { plan, kind, until: until.toISOString() });
  return view;
}

/** The one computation of a preview and of the extension. */
async function ask(tx: AccountTransaction, days: number) {
  const [account, subscription] = [await getAccount(tx), await getSubscription(tx)];
  const plan = await getPlan(tx, subscription.planId);
  const { graceDays } = plan;
  const extension = extend(subscription, { graceDays, days, now: tx.now });
  if (isRefusal(extension)) return extension;
  const { kind, from, until } = extension;
  const after = kind === 'trial' ? { paidThrough: until } : { graceUntil: until };
  const grants = (await booksNow(tx)).grants.filter(
    (grant) => grant.kind === 'plan' && Number(grant.expiresAt) === Number(from),
  );
  const view = {
    kind,
    from,
    until,
    standing: standing(account, { ...subscription, ...after }, plan, tx.now),
    planCredits: grants.reduce((sum, { available }) => sum + available, 0),
  };
  return { extension, plan: plan.slug, view };
}

const extendCredits: LedgerService<Extension, null> = {
  reads: () => ({}),
  decide: ({ view }, { from, until }) => ({ books: extendPlanGrants(view.books, from, until), answer: null }),
};
