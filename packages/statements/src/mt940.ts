import type { StatementLine } from '@tenantry/domain/statement/line';
import { statementLinesMax } from './bounds.ts';
import { StatementFault } from './fault.ts';
import { detailsOf } from './mt940-details.ts';
import { type BookedMovement, balanceOf, movementOf } from './mt940-line.ts';
import { rowsOf } from './rows.ts';
import { type Reading, type Statement, checkBalances, checkCurrency, warn } from './statement.ts';
import { accountText, decodePieces, idText, isUtf8, lineText } from './text.ts';
import { checkOwnAccount, quoted } from './values.ts';

/** One field of a message, with the lines that it goes on over. */
interface Field {
  tag: string;
  lines: string[];
  lineNumber: number;
}

const fieldStart = /^:(20|21|25P?|28C?|60[FM]|61|86|62[FM]|64|65|13D?|34F|90[CD]|NS):/;

/** Reads an MT940 file into `reading`. Bytes that are not UTF-8 are windows-1252. Throws a StatementFault. */
export function* readMt940(bytes: Uint8Array, reading: Reading): Generator<void, void, void> {
  const reader = new Mt940Reader(reading);
  const charset = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  let field: Field | undefined;
  for (const row of rowsOf(decodePieces(bytes, charset))) {
    if (row === undefined) {
      yield;
      continue;
    }
    const text = row.text.replace(/^(?:\{\d:[^}]{0,400}\}){0,5}\{4:/, '').replace(/^\uFEFF/, '');
    const tag = fieldStart.exec(text)?.[1];
    const isEnd = text === '-' || text.startsWith('-}');
    if (tag !== undefined || isEnd) {
      if (field !== undefined) reader.take(field);
      field =
        tag === undefined
          ? undefined
          : { tag, lines: [text.slice(tag.length + 2)], lineNumber: row.lineNumber };
    } else if (field !== undefined) {
      field.lines.push(text);
      if (field.lines.length > 200)
        throw new StatementFault(row.lineNumber, 'is the 201st line of one field');
    } else if (text.trim() !== '')
      throw new StatementFault(row.lineNumber, `belongs to no field: ${quoted(text)}`);
  }
  if (field !== undefined) reader.take(field);
  reader.end();
}

/** The account of field 25 without the slash before it and the currency behind it, which some banks write. */
function withoutCurrency(text: string): string {
  const account = text.trim().replace(/^\//, '');
  return account.replace(/ ?[A-Z]{3}$/, (found) =>
    /\d$/.test(account.slice(0, -found.length)) ? '' : found,
  );
}

/** A movement that waits for its details. */
interface OpenMovement {
  movement: BookedMovement;
  supplementary: readonly string[];
  lineNumber: number;
}

/** Takes one field after the other, and knows which page of which statement they are of. */
class Mt940Reader {
  readonly #reading: Reading;
  #account: string | null = null;
  #number: string | null = null;
  /** The statement whose pages are read; its closing balance is that of the page before. */
  #statement: Statement | undefined;
  #isPageOpen = false;
  #movement: OpenMovement | undefined;
  #startLine = 1;
  #lines = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  take({ tag, lines, lineNumber }: Field): void {
    const [first = '', ...more] = lines;
    if (tag !== '86') this.#book(undefined);
    if (tag === '20') this.#refuseOpenPage(lineNumber);
    if (tag === '25' || tag === '25P')
      this.#account = checkOwnAccount(accountText(withoutCurrency(first), lineNumber), lineNumber);
    if (tag === '28' || tag === '28C') this.#number = lineText(first.split('/')[0], lineNumber);
    if (tag.startsWith('60')) this.#open(tag, first, lineNumber);
    if (tag === '61') this.#move(first, more, lineNumber);
    // A field 86 behind the closing balance is about the whole statement.
    if (tag === '86') this.#book(lines);
    if (tag.startsWith('62')) this.#close(tag, first, lineNumber);
  }

  end(): void {
    this.#book(undefined);
    this.#refuseOpenPage(this.#startLine);
    if (this.#statement !== undefined)
      warn(this.#reading, this.#startLine, 'The statement has more pages, which are not in this file.');
    this.#finish();
  }

  #refuseOpenPage(lineNumber: number): void {
    if (this.#isPageOpen)
      throw new StatementFault(lineNumber, 'has a statement without a closing balance (field 62)');
  }

  #open(tag: string, text: string, lineNumber: number): void {
    this.#refuseOpenPage(lineNumber);
    const { currency, ...balance } = balanceOf(text, lineNumber);
    const account = checkOwnAccount(this.#account, lineNumber);
    const before = this.#statement;
    if (tag === '60M' && before?.account === account && before.currency === currency) {
      if (before.closing?.amount !== balance.amount)
        throw new StatementFault(
          lineNumber,
          'opens a page with another balance than the page before closed with',
        );
    } else {
      this.#finish();
      if (tag === '60M')
        warn(this.#reading, lineNumber, 'The first pages of the statement are not in this file.');
      const head = { account, currency, number: this.#number, opening: balance, closing: null };
      this.#statement = { ...head, lines: [] };
    }
    this.#isPageOpen = true;
    this.#startLine = lineNumber;
  }

  #close(tag: string, text: string, lineNumber: number): void {
    const { currency, ...closing } = balanceOf(text, lineNumber);
    const statement = this.#openStatement(lineNumber);
    checkCurrency(statement, currency, lineNumber);
    this.#isPageOpen = false;
    statement.closing = closing;
    checkBalances(this.#reading, statement, lineNumber);
    if (tag === '62F') this.#finish();
  }

  #finish(): void {
    if (this.#statement !== undefined) this.#reading.statements.push(this.#statement);
    this.#statement = undefined;
  }

  #openStatement(lineNumber: number): Statement {
    if (this.#statement === undefined || !this.#isPageOpen)
      throw new StatementFault(
        lineNumber,
        'stands outside a statement: no opening balance (field 60) is before it',
      );
    return this.#statement;
  }

  #move(text: string, supplementary: readonly string[], lineNumber: number): void {
    const { currency } = this.#openStatement(lineNumber);
    this.#lines += 1;
    if (this.#lines > statementLinesMax)
      throw new StatementFault(lineNumber, `is the line after the ${statementLinesMax} that a file may have`);
    const movement = movementOf(text, currency, lineNumber);
    if (movement === undefined)
      warn(this.#reading, lineNumber, 'The movement is expected and not booked yet.');
    else if (movement.amount === 0)
      warn(this.#reading, lineNumber, 'The movement has an amount of zero and is left out.');
    else this.#movement = { movement, supplementary, lineNumber };
  }

  /** Books the movement that waits, with its details or without any. */
  #book(details: readonly string[] | undefined): void {
    const open = this.#movement;
    this.#movement = undefined;
    if (open !== undefined && this.#statement !== undefined)
      this.#statement.lines.push(lineOf(open, this.#statement.currency, details ?? []));
  }
}

function lineOf(
  { movement, supplementary, lineNumber }: OpenMovement,
  currency: string,
  lines: readonly string[],
): StatementLine {
  const { customerReference, bankReference, isReversal, ...booked } = movement;
  const details = detailsOf(lines);
  const remittance = [details.remittance, ...(details.remittance === '' ? supplementary : [])].join(' ');
  return {
    ...booked,
    currency,
    lineNumber,
    isReversal: isReversal || details.isReturn,
    name: lineText(details.name, lineNumber),
    counterpartyAccount: accountText(details.account, lineNumber),
    remittance: lineText(remittance, lineNumber) ?? '',
    reference: idText(details.reference, lineNumber),
    bankId: idText(bankReference, lineNumber),
    endToEndId: idText(details.endToEndId, lineNumber) ?? idText(customerReference, lineNumber),
  };
}
