import type { StatementBalance, StatementLine } from '@tenantry/domain/statement/line';
import { statementLinesMax } from './bounds.ts';
import { linesOfEntry } from './camt-entry.ts';
import { StatementFault } from './fault.ts';
import { type Reading, type Statement, checkBalances, checkCurrency, warn } from './statement.ts';
import { accountText, lineText } from './text.ts';
import { amountOf, checkOwnAccount, currencyOf, isoDayOf, quoted } from './values.ts';
import { type Element, find, readXml, textAt } from './xml.ts';

/** A statement while it is read. */
interface OpenStatement {
  account: string | null;
  currency: string | null;
  number: string | null;
  /** Balances by their code, with the currency of each. */
  balances: Map<string, StatementBalance & { currency: string }>;
  isLastPage: boolean;
  lines: StatementLine[];
  lineNumber: number;
}

/** The children of a statement that are read; all others are passed over. */
const parts = new Set(['Id', 'ElctrncSeqNb', 'LglSeqNb', 'StmtPgntn', 'Acct', 'Bal', 'Ntry']);

/** Reads a camt.053 file of any version into `reading`, piece by piece. Throws a StatementFault. */
export function* readCamt(bytes: Uint8Array, reading: Reading): Generator<void, void, void> {
  let open: OpenStatement | undefined;
  let entries = 0;
  yield* readXml(bytes, {
    root: checkRoot,
    isWhole: (names) => names.length === 4 && names[2] === 'Stmt' && parts.has(names[3] ?? ''),
    opened: (names, lineNumber) => {
      if (names.length === 3 && names[2] === 'Stmt') open = opened(lineNumber);
    },
    whole: (element) => {
      if (open === undefined) return;
      if (element.name === 'Ntry') entries += 1;
      if (entries > statementLinesMax)
        throw new StatementFault(
          element.lineNumber,
          `is the line after the ${statementLinesMax} that a file may have`,
        );
      // Balances stand before the entries, which need not be kept as elements.
      if (element.name === 'Ntry') open.lines.push(...linesOfEntry(reading, headOf(open, element), element));
      else takePart(open, element);
    },
    closed: (names, lineNumber) => {
      if (names.length !== 3 || names[2] !== 'Stmt' || open === undefined) return;
      reading.statements.push(finish(reading, open, lineNumber));
      open = undefined;
    },
  });
}

const message = /camt\.(\d{3})\.001\.\d{2}/;

function checkRoot(name: string, namespace: string, lineNumber: number): void {
  const kind = message.exec(namespace)?.[1];
  if (name !== 'Document' || kind !== '053')
    throw new StatementFault(
      lineNumber,
      kind === undefined
        ? `begins with ${quoted(name)} of ${quoted(namespace)}, which is no camt.053`
        : `is a camt.${kind}; only camt.053 has the lines that a bank has booked for good`,
    );
}

const opened = (lineNumber: number): OpenStatement => ({
  account: null,
  currency: null,
  number: null,
  balances: new Map(),
  isLastPage: true,
  lines: [],
  lineNumber,
});

function takePart(open: OpenStatement, part: Element): void {
  const { name, text, lineNumber } = part;
  if (name === 'Id') open.number ??= lineText(text, lineNumber);
  if (name === 'ElctrncSeqNb' || name === 'LglSeqNb') open.number = lineText(text, lineNumber);
  if (name === 'StmtPgntn') open.isLastPage = textAt(part, 'LastPgInd') !== 'false';
  if (name === 'Acct') {
    const id = textAt(part, 'Id', 'IBAN') ?? textAt(part, 'Id', 'Othr', 'Id');
    open.account = checkOwnAccount(accountText(id, lineNumber), lineNumber);
    const currency = textAt(part, 'Ccy');
    if (currency !== undefined) open.currency = currencyOf(currency, lineNumber);
  }
  if (name === 'Bal') takeBalance(open, part);
}

/** Of several balances of one code the first is the opening and the last the closing one: the others are of pages. */
function takeBalance({ balances }: OpenStatement, part: Element): void {
  const code = textAt(part, 'Tp', 'CdOrPrtry', 'Cd') ?? '';
  const amount = find(part, 'Amt');
  const lineNumber = amount?.lineNumber ?? part.lineNumber;
  const currency = currencyOf(amount?.attributes['Ccy'], lineNumber);
  const day = textAt(part, 'Dt', 'Dt') ?? textAt(part, 'Dt', 'DtTm') ?? '';
  const units = amountOf(amount?.text.trim(), currency, lineNumber);
  const sign = textAt(part, 'CdtDbtInd') === 'DBIT' ? -1 : 1;
  if (balances.has(code) && code !== 'CLBD') return;
  balances.set(code, { amount: units === 0 ? 0 : units * sign, on: isoDayOf(day, lineNumber), currency });
}

/** What is known of a statement before its entries; `entry` is the first one where nothing else names the currency. */
function headOf({ account, currency, balances, lineNumber }: OpenStatement, entry?: Element) {
  const [balance] = balances.values();
  const found = currency ?? balance?.currency ?? find(entry, 'Amt')?.attributes['Ccy'];
  return {
    account: checkOwnAccount(account, lineNumber),
    currency: currencyOf(found, entry?.lineNumber ?? lineNumber),
  };
}

function finish(reading: Reading, open: OpenStatement, lineNumber: number): Statement {
  const { balances, lines, number, isLastPage } = open;
  const [line] = lines;
  const head = headOf({ ...open, currency: open.currency ?? line?.currency ?? null });
  const opening = balances.get('OPBD') ?? balances.get('PRCD');
  const closing = isLastPage ? balances.get('CLBD') : undefined;
  for (const balance of [opening, closing])
    if (balance !== undefined) checkCurrency(head, balance.currency, open.lineNumber);
  if (!isLastPage)
    warn(reading, open.lineNumber, 'The statement has more pages, which are not in this file.');
  const statement = { ...head, number, opening: balanceOf(opening), closing: balanceOf(closing), lines };
  checkBalances(reading, statement, lineNumber);
  return statement;
}

const balanceOf = (balance: StatementBalance | undefined): StatementBalance | null =>
  balance === undefined ? null : { amount: balance.amount, on: balance.on };
