import { normaliseReference } from '../money.ts';
import type { LineOfAccount } from './identity.ts';

/** Whose events the inbox keeps. */
export type EventProvider = 'bank_statement' | 'stripe' | 'paypal';

/**
 * What became of an event: it waits for a decision, was booked, was ignored by staff, or needs nothing and is only shown,
 * as a payment of the operator's own.
 */
export const eventStatuses = ['waiting', 'processed', 'ignored', 'noted'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** A line of a bank statement as the inbox keeps it. */
export type BankLine = Omit<LineOfAccount, 'lineNumber'>;

/** What an event was booked as. */
export interface EventOutcome {
  accountId: string;
  invoiceId: string;
  paymentId: string;
}

/** What a new line needs: money that came, or that came back, waits for a decision; other money that went out is only shown. */
export function statusOfNewLine({ direction, isReversal }: BankLine): EventStatus {
  return direction === 'credit' || isReversal ? 'waiting' : 'noted';
}

/** The fewest letters and digits of a bank's id that is taken for one that no other movement has. */
const distinctiveCharacters = 8;

/**
 * The reference under which a line is booked: the bank's own id where it tells movements apart, so that it meets what
 * staff booked by hand; else one made of the line's own id.
 * @param linesWithBankId how many lines of the account have this id of the bank
 */
export function bookingReference(
  { bankId }: BankLine,
  { eventId, linesWithBankId }: { eventId: string; linesWithBankId: number },
): string {
  const plain = normaliseReference(bankId ?? '');
  const isDistinctive = plain.length >= distinctiveCharacters && /\d/.test(plain) && linesWithBankId === 1;
  return bankId !== null && isDistinctive ? bankId : `LINE-${eventId.slice(0, 32)}`;
}
