import { endGrants, returnToGrants, setPlanGrant } from './grants.ts';
import { uncountUse } from './limits.ts';
import type { Model, ModelYear } from './model.ts';

/** Moves the model's time to `now`, one event after the other: months begin, grants end, holds expire and return. */
export function passTime(model: Model, now: number): void {
  for (let next = nextEvent(model); next !== undefined && next <= now; next = nextEvent(model)) {
    model.now = next;
    if (model.year !== null && monthStart(model.year) === next) beginMonth(model, model.year);
    endGrants(model);
    for (const hold of model.holds)
      if (hold.status === 'open' && hold.endsAt <= next) {
        hold.status = 'expired';
        uncountUse(model, hold, hold.amount);
        returnToGrants(model, hold.parts);
      }
  }
  model.now = now;
  endGrants(model);
}

function nextEvent({ holds, year }: Model): number | undefined {
  const ends = holds.flatMap(({ status, endsAt }) => (status === 'open' ? [endsAt] : []));
  const month = year === null ? undefined : monthStart(year);
  const all = month === undefined ? ends : [...ends, month];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** When the next month of a year begins; undefined when the year is over by then. */
export function monthStart({ start, end, next }: ModelYear): number | undefined {
  const at = addMonths(start, next);
  return at < end ? at : undefined;
}

/** What the model calls a month's grant until its id is known. */
export const monthName = (start: number, month: number): string =>
  `month ${new Date(start).toISOString()} ${String(month).padStart(2, '0')}`;

function beginMonth(model: Model, year: ModelYear): void {
  const id = monthName(year.start, year.next);
  year.next += 1;
  const endsAt = monthStart(year) ?? year.end;
  setPlanGrant(model, { id, amount: year.credits, endsAt, rolloverMax: year.rolloverMax });
}

/** The same day and hour of a month after that of `at`, or the last day that the month has. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const [year, month, time] = [date.getUTCFullYear(), date.getUTCMonth() + months, at % 86_400_000];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + time;
}
