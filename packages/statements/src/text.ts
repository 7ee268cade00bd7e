import { normaliseName, withoutInvisible } from '@tenantry/domain/name';
import { fieldCharactersMax } from './bounds.ts';
import { StatementFault } from './fault.ts';

/**
 * A text of a statement on one line, without control and format characters; null for one that shows nothing. What looks
 * like a formula stays what it is: text. Throws for one that is longer than a field may be.
 */
export function lineText(text: string | undefined, lineNumber: number): string | null {
  if (text === undefined) return null;
  if (text.length > fieldCharactersMax)
    throw new StatementFault(lineNumber, `has a field of more than ${fieldCharactersMax} characters`);
  const line = normaliseName(withoutInvisible(text.replaceAll(/[\t\r\n\v\f]/g, ' ')));
  return line === '' ? null : line;
}

/** The account of the other side or our own, in one spelling: without blanks, in upper case. */
export function accountText(text: string | undefined, lineNumber: number): string | null {
  return lineText(text, lineNumber)?.replaceAll(' ', '').toUpperCase() ?? null;
}

/** What banks write where a payer gave no reference. */
const placeholders = new Set(['NONREF', 'NOTPROVIDED', 'NOT PROVIDED', 'NOT AVAILABLE', 'NOREF', 'N/A']);

/** An id of a payer or a bank; null for none and for what stands in the place of none. */
export function idText(text: string | undefined, lineNumber: number): string | null {
  const id = lineText(text, lineNumber);
  return id === null || placeholders.has(id.toUpperCase()) ? null : id;
}

/**
 * Decodes pieces of a file, and counts its lines. Throws where bytes are not of the charset.
 * @param charset a name of the Encoding Standard
 */
export function* decodePieces(bytes: Uint8Array, charset: string): Generator<string, void, void> {
  const decoder = new TextDecoder(charset, { fatal: true });
  let lineNumber = 1;
  for (let at = 0; at <= bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    const stream = at + pieceBytes <= bytes.length;
    const text = decodeOr(() => decoder.decode(piece, { stream }), lineNumber, charset);
    if (text.includes('\0'))
      throw new StatementFault(lineNumber + breaksIn(text.split('\0')[0]), 'holds a NUL');
    lineNumber += breaksIn(text);
    yield text;
  }
}

const pieceBytes = 65_536;

const breaksIn = (text = ''): number => text.split('\n').length - 1;

function decodeOr(decode: () => string, lineNumber: number, charset: string): string {
  try {
    return decode();
  } catch {
    throw new StatementFault(lineNumber, `has bytes at or after this line that are not ${charset}`);
  }
}

/** Whether bytes are UTF-8 as a whole. */
export function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
