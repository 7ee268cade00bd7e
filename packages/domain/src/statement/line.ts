/** The formats of bank statements that can be read. */
export const statementFormats = ['camt.053', 'mt940', 'csv'] as const;
export type StatementFormat = (typeof statementFormats)[number];

export const lineDirections = ['credit', 'debit'] as const;
/** Whether a line brought money to the account or took it out, as it was booked; a reversal says so in the other direction. */
export type LineDirection = (typeof lineDirections)[number];

/** One movement of a bank account. Texts are one line each, without control characters. */
export interface StatementLine {
  /** Where it stands in its file, from 1. */
  lineNumber: number;
  /** The day, as `2026-03-02`. */
  bookedOn: string;
  valueOn: string | null;
  /** In minor units of the currency, at least 1. */
  amount: number;
  currency: string;
  direction: LineDirection;
  /** Whether it takes an earlier movement back: a reversal of the bank or a returned payment. */
  isReversal: boolean;
  /** Who paid or was paid. */
  name: string | null;
  counterpartyAccount: string | null;
  /** What the payer wrote; empty for nothing. */
  remittance: string;
  /** The structured creditor reference. */
  reference: string | null;
  /** The bank's own id of the movement. Banks repeat some of them. */
  bankId: string | null;
  endToEndId: string | null;
}

/** Money in an account at the end of a day, in minor units; negative when it is overdrawn. */
export interface StatementBalance {
  amount: number;
  on: string;
}

/** Something about a file that a person should know, and that does not stop its import. */
export interface StatementWarning {
  lineNumber: number;
  message: string;
}

/** One statement of a file, without its lines. */
export interface StatementHead {
  /** The account of the operator: an IBAN, or what the bank calls it. */
  account: string;
  currency: string;
  /** The bank's number of the statement. */
  number: string | null;
  opening: StatementBalance | null;
  closing: StatementBalance | null;
}
