import type { Choices } from './random.ts';

/** How an account pays an invoice; hours count from the invoice, and then from the report of the transfer. */
export interface Habit {
  /** When the payer reports the transfer; left out for never. */
  submitHours?: number;
  /** When staff decide; left out for never, so that the transfer waits. */
  confirmHours?: number;
  /** What of the invoice is paid first, as a part of one; the rest follows days later. */
  part?: number;
  /** The rest of a part is never paid. */
  withoutRest?: boolean;
  /** What is paid above the invoice, in minor units. */
  excess?: number;
  /** What the payer shows. */
  proof?: 'png' | 'pdf' | 'link';
  /** Staff reject the first report for this reason; the payer reports again. */
  rejectedFor?: string;
  /** One member of staff has approved money that needs two. */
  isApproved?: boolean;
}

/** Somebody who pays within days, whose transfer is confirmed on the next. */
export function promptly(choices: Choices): Habit {
  const proof = choices.of(['png', 'pdf', 'link', 'none'] as const);
  return {
    submitHours: choices.between(20, 90),
    confirmHours: choices.between(3, 26),
    ...(proof === 'none' ? {} : { proof }),
  };
}

/** Nobody pays. */
export const never: Habit = {};
