import { type PaymentMethod, type SubscriptionStatus, paymentMethods } from '../standing.ts';
import { addMonths } from '../time.ts';
import type { ImportNote, OldSubscription, OldTenant } from './source.ts';

/** A subscription as Tenantry writes it. */
export interface ImportedSubscription {
  status: SubscriptionStatus;
  paymentMethod: PaymentMethod;
  stripeSubscriptionId: string | null;
  externalPaymentId: string | null;
  periodStart: Date;
  periodEnd: Date;
  /** How many months the paid period has; 0 where nothing was paid. */
  months: number;
  /** When the next month of the paid period begins; null when none does. */
  nextGrantAt: Date | null;
}

const statusOf: Readonly<Record<string, SubscriptionStatus>> = {
  active: 'active',
  past_due: 'past_due',
  trialing: 'trialing',
  canceled: 'cancelled',
  cancelled: 'cancelled',
};

const monthsMax = 120;

/** The starts of the months of a period after its first. */
function furtherMonths({
  periodStart,
  periodEnd,
}: Pick<OldSubscription, 'periodStart' | 'periodEnd'>): Date[] {
  const starts: Date[] = [];
  for (let month = 1; month < monthsMax; month += 1) {
    const start = addMonths(periodStart, month);
    if (start >= periodEnd) break;
    starts.push(start);
  }
  return starts;
}

/** What an account has that has no subscription, or none that is understood: it waits for a payment. */
function waiting(now: Date): ImportedSubscription {
  return {
    status: 'pending_payment',
    paymentMethod: 'bank_transfer',
    stripeSubscriptionId: null,
    externalPaymentId: null,
    periodStart: now,
    periodEnd: now,
    months: 0,
    nextGrantAt: null,
  };
}

/**
 * The one subscription of an account: the one that lasts longest. One that was cancelled, and that of a cancelled account,
 * works to the end of what was paid. Answers what was left out or changed, too.
 */
export function importedSubscription(
  { account, subscriptions }: Pick<OldTenant, 'account' | 'subscriptions'>,
  now: Date,
): { subscription: ImportedSubscription; notes: ImportNote[] } {
  const inOrder = subscriptions.toSorted((left, right) => Number(right.periodEnd) - Number(left.periodEnd));
  const [chosen, ...others] = inOrder;
  const note = (id: string, reason: string, outcome: ImportNote['outcome'] = 'left out'): ImportNote => ({
    outcome,
    table: 'subscriptions',
    id,
    account: account.id,
    reason,
  });
  const notes = others.map(({ id }) => note(id, 'the account has another that lasts longer'));
  if (chosen === undefined) {
    const reason = 'it has no subscription and waits for a payment';
    return {
      subscription: waiting(now),
      notes: [{ ...note(account.id, reason, 'changed'), table: 'accounts' }],
    };
  }
  const known = statusOf[chosen.status];
  const fault =
    known === undefined
      ? `the status ${JSON.stringify(chosen.status)} is not known; the account waits for a payment`
      : chosen.periodEnd <= chosen.periodStart
        ? 'its period ends before it begins; the account waits for a payment'
        : undefined;
  if (known === undefined || fault !== undefined)
    return { subscription: waiting(now), notes: [...notes, note(chosen.id, fault ?? '')] };
  const method = methodOf(chosen);
  if (method === undefined)
    notes.push(
      note(
        chosen.id,
        `the payment method ${JSON.stringify(chosen.paymentMethod)} is not known: bank_transfer`,
        'changed',
      ),
    );
  const ends = chosen.cancelAtPeriodEnd || ['cancelled', 'canceled'].includes(account.status);
  const status = ends ? 'cancelled' : known;
  const isPaid = status !== 'trialing';
  const months = isPaid ? furtherMonths(chosen) : [];
  return {
    notes,
    subscription: {
      status,
      paymentMethod: method ?? 'bank_transfer',
      stripeSubscriptionId: chosen.stripeSubscriptionId === '' ? null : chosen.stripeSubscriptionId,
      externalPaymentId: chosen.externalPaymentId,
      periodStart: chosen.periodStart,
      periodEnd: chosen.periodEnd,
      months: isPaid ? months.length + 1 : 0,
      nextGrantAt: months.find((start) => start > now) ?? null,
    },
  };
}

/** A database without the column has Stripe alone. */
function methodOf({ paymentMethod }: OldSubscription): PaymentMethod | undefined {
  return paymentMethod === null ? 'stripe' : paymentMethods.find((method) => method === paymentMethod);
}
