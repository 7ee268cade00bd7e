import type { StatementHead, StatementLine, StatementWarning } from '@tenantry/domain/statement/line';
import { warningsMax } from './bounds.ts';
import { StatementFault } from './fault.ts';
import { quoted } from './values.ts';

/** A statement with its lines. */
export type Statement = StatementHead & { lines: StatementLine[] };

/** Whose statement it is. */
export type StatementAccount = Pick<StatementHead, 'account' | 'currency'>;

/** What readers of every format write down while they read. */
export interface Reading {
  statements: Statement[];
  warnings: StatementWarning[];
}

/** Adds a warning, as long as there are not too many. */
export function warn({ warnings }: Reading, lineNumber: number, message: string): void {
  if (warnings.length < warningsMax) warnings.push({ lineNumber, message });
}

/** The amount of a line as it changes the balance. */
const signed = ({ amount, direction }: StatementLine): number => (direction === 'credit' ? amount : -amount);

/**
 * Refuses a statement whose lines do not lead from its opening to its closing balance: a line is missing, doubled or
 * changed. Warns where a balance is missing.
 */
export function checkBalances(reading: Reading, statement: Statement, lineNumber: number): void {
  const { opening, closing, lines, currency } = statement;
  if (opening === null || closing === null) {
    const missing = opening === null ? 'opening' : 'closing';
    warn(
      reading,
      lineNumber,
      `The statement has no ${missing} balance, so its lines cannot be checked against it.`,
    );
    return;
  }
  const sum = lines.reduce((total, line) => total + signed(line), opening.amount);
  if (sum !== closing.amount)
    throw new StatementFault(
      lineNumber,
      `closes with ${closing.amount}, but its lines lead from ${opening.amount} to ${sum} (minor units of ${currency})`,
    );
}

/** Refuses a line in another currency than its statement. */
export function checkCurrency({ currency }: StatementAccount, found: string, lineNumber: number): void {
  if (found !== currency)
    throw new StatementFault(lineNumber, `is in ${quoted(found)}, and its statement in ${quoted(currency)}`);
}
