import type { Money } from '../money.ts';

/** Money as a person reads it: `USD 89.00`, `JPY 8,900`, `KWD 8.900`. The currency says how many digits it has. */
export function moneyText({ amount, currency }: Money): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const number = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${number.format(amount / 10 ** digits)}`;
}

/** A number as a person reads it: `1,250`. */
export function countText(number: number): string {
  return new Intl.NumberFormat('en').format(number);
}

/** The day of a time in UTC as a person reads it: `1 March 2026`. */
export function dayText(time: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(time));
}

/** A time to the minute: `1 March 2026, 09:30 UTC`. */
export function timeText(time: string): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC', hourCycle: 'h23' } as const;
  return `${dayText(time)}, ${new Intl.DateTimeFormat('en-GB', options).format(new Date(time))} UTC`;
}
