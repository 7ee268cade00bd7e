import { getAccount } from '@tenantry/db/account/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription as findSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import {
  type PaymentMethod,
  type Standing,
  type SubscriptionStatus,
  computedStatus,
  standing,
} from '@tenantry/domain/standing';
import { planView } from '../plan/list.ts';

export interface SubscriptionView {
  id: string;
  plan: ReturnType<typeof planView>;
  status: SubscriptionStatus;
  standing: Standing;
  paymentMethod: PaymentMethod;
  externalPaymentId: string | null;
  stripeSubscriptionId: string | null;
  periodStart: Date;
  periodEnd: Date;
}

/** The account's subscription, with its status and standing as time has made them. */
export async function getSubscription(tx: AccountTransaction): Promise<SubscriptionView> {
  const [account, row] = [await getAccount(tx), await findSubscription(tx)];
  const plan = await getPlan(tx, row.planId);
  return {
    id: row.id,
    plan: planView(plan),
    status: computedStatus(row, plan.graceDays, tx.now),
    standing: standing(account, row, plan, tx.now),
    paymentMethod: row.paymentMethod,
    externalPaymentId: row.externalPaymentId ?? null,
    stripeSubscriptionId: row.stripeSubscriptionId ?? null,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
  };
}
