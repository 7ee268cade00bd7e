import { normaliseReference } from '../money.ts';
import type { BankLine } from './event.ts';
import { isPayerAlike } from './payer.ts';

/** Why a payment may be the one that a line takes back. */
export const returnReasons = ['same_end_to_end_id', 'same_reference', 'same_account', 'payer_alike'] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** A line that was booked as a payment, which the bank may take back. */
export interface BookedLine {
  line: BankLine;
  accountId: string;
  accountName: string;
  paymentId: string;
}

/** A payment that a line may take back, with the reasons. */
export interface ReturnProposal {
  booked: BookedLine;
  reasons: ReturnReason[];
}

const isSame = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && normaliseReference(one) === normaliseReference(other);

const tests: Record<ReturnReason, (line: BankLine, booked: BankLine) => boolean> = {
  same_end_to_end_id: (line, booked) => isSame(line.endToEndId, booked.endToEndId),
  same_reference: (line, booked) => isSame(line.reference, booked.reference),
  same_account: (line, booked) => isSame(line.counterpartyAccount, booked.counterpartyAccount),
  payer_alike: (line, booked) =>
    line.name !== null && booked.name !== null && isPayerAlike(line.name, booked.name),
};

/** The most proposals for one line. */
const proposalsMax = 5;

/**
 * The payments that a reversed line may take back, newest first: of our same account and the same money, booked no later,
 * with an id, a reference or an account in common; never for a name alone.
 */
export function returnsFor(line: BankLine, booked: readonly BookedLine[]): ReturnProposal[] {
  if (line.direction !== 'debit' || !line.isReversal) return [];
  return booked
    .filter(({ line: { account, amount, currency, bookedOn } }) => {
      const isSameMoney = amount === line.amount && currency === line.currency;
      return isSameMoney && account === line.account && bookedOn <= line.bookedOn;
    })
    .map((found) => ({
      booked: found,
      reasons: returnReasons.filter((reason) => tests[reason](line, found.line)),
    }))
    .filter(({ reasons }) => reasons.some((reason) => reason !== 'payer_alike'))
    .toSorted(
      (one, other) =>
        other.reasons.length - one.reasons.length ||
        other.booked.line.bookedOn.localeCompare(one.booked.line.bookedOn),
    )
    .slice(0, proposalsMax);
}
