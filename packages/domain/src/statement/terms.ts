import { creditorReference, normaliseReference } from '../money.ts';
import type { StatementLine } from './line.ts';

/** What of a line can name an invoice or a payment. All are normalised. */
export interface LineTerms {
  /** Creditor references (ISO 11649) with right check digits. */
  references: string[];
  /** What may be the number of an invoice: words that follow each other, joined, as \`numberKey\` answers them. */
  numbers: string[];
  /** Ids that a payer may have told us: the bank's own and the payer's. */
  bankReferences: string[];
}

/** The number of an invoice as it is looked up: Latin letters, in capitals, and digits alone. */
export const numberKey = (number: string): string => number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** The most words of a text that are looked at. */
const wordsMax = 80;
/** A reference is written in groups of four, and an invoice number in few words. */
const wordsOfReference = 8;
const wordsOfNumber = 4;

/** What a line says that can be looked up. */
export function termsOfLine({
  reference,
  remittance,
  endToEndId,
  bankId,
}: Omit<StatementLine, 'lineNumber'>): LineTerms {
  const texts = [reference ?? '', remittance, endToEndId ?? ''].map(wordsOf);
  const ids = [bankId, endToEndId].map((id) => normaliseReference(id ?? ''));
  return {
    references: [...new Set(texts.flatMap(referencesIn))],
    numbers: [...new Set(texts.flatMap(numbersIn))],
    bankReferences: [...new Set(ids.filter((id) => id !== ''))],
  };
}

/** The words of a text: runs of letters and digits, normalised. */
function wordsOf(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .map(normaliseReference)
    .filter((word) => word !== '')
    .slice(0, wordsMax);
}

/** References that begin with a word. Banks cut them into groups and write other words right behind them. */
function referencesIn(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (!word.startsWith('RF')) return [];
    const text = words.slice(index, index + wordsOfReference).join('');
    const lengths = Array.from({ length: 21 }, (_none, more) => more + 5);
    return lengths.map((length) => text.slice(0, length)).filter(isCreditorReference);
  });
}

const form = /^RF\d{2}[A-Z0-9]{1,21}$/;

function isCreditorReference(text: string): boolean {
  return form.test(text) && creditorReference(text.slice(4)) === text;
}

function numbersIn(words: readonly string[]): string[] {
  return words.flatMap((_word, index) =>
    Array.from({ length: wordsOfNumber }, (_none, more) =>
      numberKey(words.slice(index, index + more + 1).join('')),
    ).filter((number) => number.length >= 4 && number.length <= 40 && /\d/.test(number)),
  );
}
