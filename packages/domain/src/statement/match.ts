import type { InvoiceStatus } from '../invoice/status.ts';
import { normaliseReference } from '../money.ts';
import type { StatementLine } from './line.ts';
import { isPayerAlike } from './payer.ts';
import { type LineTerms, numberKey, termsOfLine } from './terms.ts';

/** A line without its place in a file. */
type MatchedLine = Omit<StatementLine, 'lineNumber'>;

/** An invoice that a line may pay, with the payment that waits for it. */
export interface MatchCandidate {
  accountId: string;
  accountName: string;
  invoiceId: string;
  invoiceNumber: string;
  reference: string;
  invoiceStatus: InvoiceStatus;
  /** What is still to be paid, in minor units. */
  due: number;
  currency: string;
  /** The payment that its account submitted and that waits for staff; null for none. */
  payment: { id: string; amount: number; payerName: string; externalPaymentId: string | null } | null;
  /** Whether money of this account has come from the same counterparty account before. */
  isKnownAccount: boolean;
}

/** Why an invoice is proposed, and what speaks against it. */
export const matchReasons = [
  'exact_reference',
  'bank_reference',
  'invoice_number',
  'amount_equal',
  'known_account',
  'payer_alike',
  'amount_differs',
  'currency_differs',
  'invoice_closed',
] as const;
export type MatchReason = (typeof matchReasons)[number];

/** What each reason adds to the score. */
export const points: Record<MatchReason, number> = {
  exact_reference: 60,
  bank_reference: 45,
  invoice_number: 40,
  amount_equal: 25,
  known_account: 20,
  payer_alike: 10,
  amount_differs: 0,
  currency_differs: 0,
  invoice_closed: 0,
};

/** An invoice that a line may pay, with the reasons. */
export interface Proposal {
  candidate: MatchCandidate;
  /** From 1 to 100. */
  score: number;
  reasons: MatchReason[];
}

/** The most proposals for one line. */
const proposalsMax = 5;

/**
 * The invoices that a line may pay, likeliest first. An invoice is proposed for what names it, for an account that has
 * paid before, or for its amount together with the payer's name; never for a name or an amount alone.
 */
export function proposalsFor(line: MatchedLine, candidates: readonly MatchCandidate[]): Proposal[] {
  const terms = termsOfLine(line);
  return candidates
    .map((candidate) => proposalOf({ line, terms, candidate }))
    .filter(({ reasons }) => isProposed(new Set(reasons)))
    .toSorted(
      (one, other) =>
        other.score - one.score || one.candidate.invoiceId.localeCompare(other.candidate.invoiceId),
    )
    .slice(0, proposalsMax);
}

/** What is compared. */
interface Comparison {
  line: MatchedLine;
  terms: LineTerms;
  candidate: MatchCandidate;
}

function proposalOf(comparison: Comparison): Proposal {
  const { candidate } = comparison;
  const reasons = matchReasons.filter((reason) => tests[reason](comparison));
  const sum = reasons.reduce((total, reason) => total + points[reason], 0);
  const isDoubtful = reasons.includes('currency_differs') || reasons.includes('invoice_closed');
  return { candidate, reasons, score: Math.max(1, Math.min(sum, isDoubtful ? 20 : 100)) };
}

const isEqualMoney = ({ line, candidate: { due, currency, payment } }: Comparison): boolean =>
  line.currency === currency && (line.amount === due || line.amount === payment?.amount);

const tests: Record<MatchReason, (comparison: Comparison) => boolean> = {
  exact_reference: ({ terms, candidate }) =>
    terms.references.includes(normaliseReference(candidate.reference)),
  bank_reference: ({ terms, candidate: { payment } }) => {
    const submitted = normaliseReference(payment?.externalPaymentId ?? '');
    return submitted !== '' && terms.bankReferences.includes(submitted);
  },
  invoice_number: ({ terms, candidate }) => terms.numbers.includes(numberKey(candidate.invoiceNumber)),
  amount_equal: isEqualMoney,
  known_account: ({ candidate }) => candidate.isKnownAccount,
  payer_alike: ({ line: { name }, candidate: { accountName, payment } }) =>
    name !== null && [accountName, payment?.payerName ?? ''].some((known) => isPayerAlike(name, known)),
  amount_differs: (comparison) =>
    comparison.line.currency === comparison.candidate.currency && !isEqualMoney(comparison),
  currency_differs: ({ line, candidate }) => line.currency !== candidate.currency,
  invoice_closed: ({ candidate }) => !isPayable(candidate),
};

const isPayable = ({ invoiceStatus }: MatchCandidate): boolean =>
  invoiceStatus !== 'paid' && invoiceStatus !== 'void';

function isProposed(reasons: ReadonlySet<MatchReason>): boolean {
  const isNamed =
    reasons.has('exact_reference') || reasons.has('bank_reference') || reasons.has('invoice_number');
  return (
    isNamed || reasons.has('known_account') || (reasons.has('amount_equal') && reasons.has('payer_alike'))
  );
}

/**
 * The invoice that a line pays without doubt: a credit that is no reversal, names the reference of this one invoice and
 * of no other, in its currency and with exactly what is due. Undefined where a person must decide.
 */
export function certainMatch(
  line: MatchedLine,
  candidates: readonly MatchCandidate[],
): MatchCandidate | undefined {
  if (line.direction !== 'credit' || line.isReversal) return undefined;
  const terms = termsOfLine(line);
  const [named, ...others] = candidates.filter((candidate) =>
    tests.exact_reference({ line, terms, candidate }),
  );
  if (named === undefined || others.length > 0 || !isPayable(named)) return undefined;
  return line.currency === named.currency && line.amount === named.due ? named : undefined;
}
