import { minorUnits } from '@tenantry/domain/currency';
import { ibanFault } from '@tenantry/domain/money';
import { StatementFault } from './fault.ts';

const currencyPattern = /^[A-Z]{3}$/;

/** A currency code (ISO 4217). Throws for another text. */
export function currencyOf(text: string | undefined, lineNumber: number): string {
  if (text === undefined || !currencyPattern.test(text))
    throw new StatementFault(lineNumber, `names no currency: ${quoted(text)}`);
  return text;
}

const plainAmount = /^(\d{1,18})(?:\.(\d{0,8}))?$/;

/**
 * An amount in minor units, from digits with an optional point. Signs, exponents and other texts are no amounts; so is
 * more precision than the currency has.
 */
export function amountOf(text: string | undefined, currency: string, lineNumber: number): number {
  const found = plainAmount.exec(text ?? '');
  if (found === null)
    throw new StatementFault(lineNumber, `has an amount that is no plain number: ${quoted(text)}`);
  const [, whole = '', fraction = ''] = found;
  const amount = minorUnits(whole, fraction, currency);
  if (amount === undefined)
    throw new StatementFault(lineNumber, `has an amount that ${currency} cannot have: ${quoted(text)}`);
  return amount;
}

/** A day of the calendar from its parts, as `2026-03-02`. Throws for a day that does not exist. */
export function dayOf(year: number, month: number, day: number, lineNumber: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < 1970 || year > 2200)
    throw new StatementFault(lineNumber, `has a date that does not exist: ${year}-${month}-${day}`);
  return date.toISOString().slice(0, 10);
}

const isoDay = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T+Z-])/;

/** The day of an ISO 8601 date or time, as it is written: an offset moves nothing. */
export function isoDayOf(text: string, lineNumber: number): string {
  const [, year, month, day] = isoDay.exec(text.trim()) ?? [];
  if (day === undefined)
    throw new StatementFault(lineNumber, `has no date where one must be: ${quoted(text)}`);
  return dayOf(Number(year), Number(month), Number(day), lineNumber);
}

/** Throws for an account that has the form of an IBAN and wrong check digits. */
export function checkOwnAccount(account: string | null, lineNumber: number): string {
  if (account === null) throw new StatementFault(lineNumber, 'does not name the account of the statement');
  const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account);
  const fault = isIban ? ibanFault(account) : undefined;
  if (fault !== undefined)
    throw new StatementFault(lineNumber, `names a wrong account, ${account}. ${fault}`);
  return account;
}

/** A text of the file as a message shows it, cut. */
export function quoted(text: string | undefined): string {
  return text === undefined ? 'nothing' : JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
