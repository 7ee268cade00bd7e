import { normaliseReference } from '../money.ts';
import type { BankLine } from './event.ts';
import { termsOfLine } from './terms.ts';

/** The most lines that are shown beside one. */
export const twinsMax = 5;

/**
 * Whether two lines may be one movement that a bank tells in two formats: of one account, day, direction and money, and
 * nothing that both say differs. Each format cuts and places texts in its own way, so nobody but a person can be sure.
 */
export function isPerhapsSame(line: BankLine, other: BankLine): boolean {
  const isSameMoney = line.amount === other.amount && line.currency === other.currency;
  const isSameWay = line.direction === other.direction && line.isReversal === other.isReversal;
  if (!isSameMoney || !isSameWay || line.bookedOn !== other.bookedOn) return false;
  if (!isSameAccount(line.account, other.account)) return false;
  const [counterparty, others] = [line.counterpartyAccount, other.counterpartyAccount];
  if (counterparty !== null && others !== null && !isSameAccount(counterparty, others)) return false;
  return agree(endToEndIds(line), endToEndIds(other)) && agree(references(line), references(other));
}

/** Whether two lists have something in common, or one says nothing. */
function agree(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((one) => others.includes(one));
}

const references = (line: BankLine) => termsOfLine(line).references;

/** What a payer gave as an id; banks write that there was none. */
function endToEndIds({ endToEndId }: BankLine): string[] {
  const id = normaliseReference(endToEndId ?? '');
  return id === '' || id === 'NOTPROVIDED' ? [] : [id];
}

const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Whether two texts name one account: an IBAN holds the numbers of the bank and the account that older formats write. */
function isSameAccount(one: string, other: string): boolean {
  const [left, right] = [normaliseReference(one), normaliseReference(other)];
  if (left === right) return true;
  const [long, short] = iban.test(left) ? [left, other] : [right, one];
  if (!iban.test(long)) return false;
  const numbers = (short.match(/\d+/g) ?? [])
    .map((digits) => digits.replace(/^0+/, ''))
    .filter((digits) => digits.length >= 4);
  return numbers.length > 0 && numbers.every((digits) => long.slice(4).includes(digits));
}
