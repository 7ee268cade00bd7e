import { type Refusal, refuse } from '../refusals.ts';
import { addDays } from '../time.ts';

/** What usage may be summed by. */
export const usageDimensions = ['day', 'operation', 'site', 'key'] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** The longest time that usage is summed over. */
const usageDaysMax = 400;
const usageDaysDefault = 30;

/** From a moment up to, and without, another. */
export interface UsageRange {
  from: Date;
  to: Date;
}

/**
 * The time that usage is asked for: up to now unless `to` says otherwise, and for the 30 days before that unless
 * `from` does. Refuses `invalid_input` for a range that is empty, or longer than 400 days.
 */
export function usageRange(
  asked: { from?: Date | undefined; to?: Date | undefined },
  now: Date,
): UsageRange | Refusal<'invalid_input'> {
  const to = asked.to ?? now;
  const from = asked.from ?? addDays(to, -usageDaysDefault);
  if (from >= to) return wrong('is not before the end of the range');
  return from < addDays(to, -usageDaysMax)
    ? wrong(`is more than ${usageDaysMax} days before its end`)
    : { from, to };
}

const wrong = (message: string) => refuse('invalid_input', { errors: [{ path: 'from', message }] });
