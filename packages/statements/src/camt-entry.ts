import type { LineDirection, StatementLine } from '@tenantry/domain/statement/line';
import { StatementFault } from './fault.ts';
import { type Reading, type StatementAccount, checkCurrency, warn } from './statement.ts';
import { accountText, idText, lineText } from './text.ts';
import { amountOf, currencyOf, isoDayOf, quoted } from './values.ts';
import { type Element, find, findAll, textAt } from './xml.ts';

/** What an entry says, with what each of its transactions has in common. */
type Booking = Pick<
  StatementLine,
  'bookedOn' | 'valueOn' | 'direction' | 'isReversal' | 'currency' | 'amount'
>;

/**
 * The lines of an entry: one for each of its transactions where these have amounts that add up to the entry, one for the
 * whole entry otherwise. What is not booked yet is none.
 */
export function linesOfEntry(reading: Reading, statement: StatementAccount, entry: Element): StatementLine[] {
  const { lineNumber } = entry;
  const status =
    textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts', 'Prtry') ?? textAt(entry, 'Sts') ?? 'BOOK';
  if (status !== 'BOOK') {
    warn(reading, lineNumber, `The entry is not booked yet (${status}); it comes again when it is.`);
    return [];
  }
  const booking = bookingOf(statement, entry);
  if (booking.amount === 0) {
    warn(reading, lineNumber, 'The entry has an amount of zero and is left out.');
    return [];
  }
  const transactions = findAll(entry, 'NtryDtls', 'TxDtls');
  const parts = transactions.length > 1 ? partsOf(transactions, booking) : undefined;
  if (parts !== undefined)
    return parts.map(({ transaction, amount }) =>
      lineOf(statement, entry, transaction, { ...booking, amount }),
    );
  if (transactions.length > 1)
    warn(reading, lineNumber, 'The amounts of the batch do not add up, so that it is one line.');
  return [lineOf(statement, entry, transactions.length > 1 ? undefined : transactions[0], booking)];
}

function bookingOf(statement: StatementAccount, entry: Element): Booking {
  const { lineNumber } = entry;
  const amount = find(entry, 'Amt');
  const at = amount?.lineNumber ?? lineNumber;
  const currency = currencyOf(amount?.attributes['Ccy'], at);
  checkCurrency(statement, currency, at);
  const valueOn = textAt(entry, 'ValDt', 'Dt') ?? textAt(entry, 'ValDt', 'DtTm');
  const bookedOn = textAt(entry, 'BookgDt', 'Dt') ?? textAt(entry, 'BookgDt', 'DtTm') ?? valueOn;
  return {
    amount: amountOf(amount?.text.trim(), currency, at),
    currency,
    direction: directionOf(textAt(entry, 'CdtDbtInd'), lineNumber),
    isReversal: textAt(entry, 'RvslInd') === 'true' || isReturn(entry),
    bookedOn: isoDayOf(bookedOn ?? '', lineNumber),
    valueOn: valueOn === undefined ? null : isoDayOf(valueOn, lineNumber),
  };
}

function directionOf(indicator: string | undefined, lineNumber: number): LineDirection {
  if (indicator === 'CRDT') return 'credit';
  if (indicator === 'DBIT') return 'debit';
  throw new StatementFault(lineNumber, `is neither credit nor debit: ${quoted(indicator)}`);
}

/** Whether the bank calls a movement a return: by its code, or by a reason of a return. */
function isReturn(part: Element | undefined): boolean {
  const family = textAt(part, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd');
  return family === 'RRTN' || family === 'RPCR' || find(part, 'RtrInf') !== undefined;
}

/** The transactions with their amounts, when all have one in the currency of the entry and these add up to it. */
function partsOf(
  transactions: readonly Element[],
  { amount, currency, direction }: Booking,
): { transaction: Element; amount: number }[] | undefined {
  const parts = transactions.flatMap((transaction) => {
    const found = find(transaction, 'Amt') ?? find(transaction, 'AmtDtls', 'TxAmt', 'Amt');
    const own = textAt(transaction, 'CdtDbtInd');
    const isOther = own !== undefined && directionOf(own, transaction.lineNumber) !== direction;
    if (found === undefined || found.attributes['Ccy'] !== currency || isOther) return [];
    const units = amountOf(found.text.trim(), currency, found.lineNumber);
    return units === 0 ? [] : [{ transaction, amount: units }];
  });
  const sum = parts.reduce((total, part) => total + part.amount, 0);
  return parts.length === transactions.length && sum === amount ? parts : undefined;
}

function lineOf(
  statement: StatementAccount,
  entry: Element,
  transaction: Element | undefined,
  booking: Booking,
): StatementLine {
  const lineNumber = transaction?.lineNumber ?? entry.lineNumber;
  const isReversal = booking.isReversal || isReturn(transaction);
  const text = (found: string | undefined) => lineText(found, lineNumber);
  return {
    ...booking,
    isReversal,
    lineNumber,
    ...partyOf(statement, transaction, booking.direction, lineNumber),
    remittance: text(remittanceOf(entry, transaction)) ?? '',
    reference: idText(textAt(transaction, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'), lineNumber),
    bankId: idText(
      textAt(transaction, 'Refs', 'AcctSvcrRef') ?? textAt(entry, 'AcctSvcrRef') ?? textAt(entry, 'NtryRef'),
      lineNumber,
    ),
    endToEndId: idText(textAt(transaction, 'Refs', 'EndToEndId'), lineNumber),
  };
}

/** The other side. Of a credit it is the debtor; where that is missing or is our own account, the creditor. */
function partyOf(
  { account }: StatementAccount,
  transaction: Element | undefined,
  direction: LineDirection,
  lineNumber: number,
): Pick<StatementLine, 'name' | 'counterpartyAccount'> {
  const sides = direction === 'credit' ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  const parties = sides.map((side) => {
    const related = find(transaction, 'RltdPties');
    const id =
      textAt(related, `${side}Acct`, 'Id', 'IBAN') ?? textAt(related, `${side}Acct`, 'Id', 'Othr', 'Id');
    return {
      name: lineText(textAt(related, side, 'Nm') ?? textAt(related, side, 'Pty', 'Nm'), lineNumber),
      counterpartyAccount: accountText(id, lineNumber),
    };
  });
  const others = parties.filter(({ counterpartyAccount }) => counterpartyAccount !== account);
  return (
    others.find((party) => party.name !== null || party.counterpartyAccount !== null) ?? {
      name: null,
      counterpartyAccount: null,
    }
  );
}

/** What the payer wrote, or else what the bank says of the movement. */
function remittanceOf(entry: Element, transaction: Element | undefined): string | undefined {
  const written = [
    ...findAll(transaction, 'RmtInf', 'Ustrd'),
    ...findAll(transaction, 'RmtInf', 'Strd', 'AddtlRmtInf'),
  ].map(({ text }) => text.trim());
  if (written.length > 0) return written.join(' ');
  return textAt(transaction, 'AddtlTxInf') ?? textAt(entry, 'AddtlNtryInf');
}
