import { endGrants, returnToGrants, setPlanGrant } from './grants.ts';
import { countUse } from './limits.ts';
import type { Model, ModelSubscription } from './model.ts';

/** Moves the model's time to `now`, one event after the other: months begin, grants end, holds expire and return. */
export function passTime(model: Model, now: number): void {
  for (let next = nextEvent(model); next !== undefined && next <= now; next = nextEvent(model)) {
    model.now = next;
    if (nextMonth(model) === next) beginMonth(model);
    endGrants(model);
    for (const hold of model.holds)
      if (hold.status === 'open' && hold.endsAt <= next) {
        hold.status = 'expired';
        countUse(model, hold.siteId, hold.madeAt, -hold.amount);
        returnToGrants(model, hold.parts);
      }
  }
  model.now = now;
  endGrants(model);
}

function nextEvent(model: Model): number | undefined {
  const ends = model.holds.flatMap(({ status, endsAt }) => (status === 'open' ? [endsAt] : []));
  const month = nextMonth(model);
  const all = month === undefined ? ends : [...ends, month];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** When the next paid month begins; undefined when none was paid. */
export function nextMonth({ subscription }: Model): number | undefined {
  const { months, begun } = subscription;
  return begun < months.length ? monthStart(subscription, begun) : undefined;
}

/** When a month begins, by its number; the one after the last is the end of what was paid. */
export function monthStart({ anchor, base }: ModelSubscription, number: number): number {
  return addMonths(anchor, number - base);
}

/** When the credits of a month end: when the next begins, or with grace. */
export function monthEnd(subscription: ModelSubscription, number: number): number {
  const end = monthStart(subscription, number + 1);
  const isLast = number === subscription.months.length - 1;
  return isLast ? end + (subscription.months[number]?.plan.graceDays ?? 0) * 86_400_000 : end;
}

function beginMonth(model: Model): void {
  const { subscription } = model;
  const { months, begun } = subscription;
  const month = months[begun];
  if (month === undefined) return;
  const rolloverMax = BigInt(months[begun - 1]?.plan.rolloverMax ?? 0);
  const endsAt = monthEnd(subscription, begun);
  // Until the month is written, its grant is called by its reference.
  setPlanGrant(model, { id: month.reference, amount: BigInt(month.plan.credits), endsAt, rolloverMax });
  subscription.begun += 1;
}

/** The same day and hour of a month after that of `at`, or the last day that the month has. */
function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const [year, month, time] = [date.getUTCFullYear(), date.getUTCMonth() + months, at % 86_400_000];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + time;
}
