import type { ChangeSubscriptionInput } from '@tenantry/contract/subscription';
import { limitsOf } from '@tenantry/domain/plans';
import { isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { countUsed } from '../entitlements/used.ts';
import { planView } from '../plan/view.ts';
import { quoteChange } from './quote.ts';

/**
 * What a change of plan would cost and when it would take effect, by the computation that the change itself makes.
 * Writes nothing. Refuses what the change refuses before it writes.
 */
export async function previewChange(context: Context<'paymentMethods'>, input: ChangeSubscriptionInput) {
  const quoted = await quoteChange(context, input);
  if (isRefusal(quoted)) return quoted;
  const { plan, quote } = quoted;
  const { unused, price, kind, startsAt, endsAt, total, credits, dueAt } = quote;
  const used = await countUsed(context.tx);
  const overLimits = [...limitsOf(plan)].flatMap(([name, max]) =>
    (used.get(name) ?? 0) > max ? [name] : [],
  );
  return {
    kind,
    plan: planView(plan),
    startsAt,
    endsAt,
    price,
    unused: {
      amount: unused.amount,
      currency: price.currency,
      credits: unused.credits,
      months: unused.months,
    },
    total,
    credits,
    dueAt,
    overLimits,
  };
}
