import { normaliseReference } from '../money.ts';
import type { StatementLine } from './line.ts';

/** A line with the account that its statement is of. */
export type LineOfAccount = StatementLine & { account: string };

/**
 * What makes a line the same line in another file: account, day, direction and money, with the bank's own id, or without
 * one what else the line says. Two lines of a file with the same identity are two movements, so the reader of a file
 * counts them; the number of one is the same in each file that holds the whole day.
 */
export function identityOfLine(line: LineOfAccount): string {
  const { account, bookedOn, direction, isReversal, amount, currency, bankId } = line;
  const facts =
    bankId === null
      ? [line.name, line.counterpartyAccount, line.remittance, line.reference, line.endToEndId]
      : ['bank id', bankId];
  const texts = facts.map((text) => normaliseReference(text ?? ''));
  return JSON.stringify([account, bookedOn, direction, isReversal, amount, currency, ...texts]);
}
