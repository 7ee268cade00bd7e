import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import { type LineOfAccount, identityOfLine } from '@tenantry/domain/statement/identity';
import type { StatementFormat, StatementHead, StatementWarning } from '@tenantry/domain/statement/line';
import { readCamt } from './camt.ts';
import { readCsv } from './csv.ts';
import { StatementFault } from './fault.ts';
import { readMt940 } from './mt940.ts';
import type { Reading } from './statement.ts';

/** A line with the account of its statement, and the id under which it is one line in whichever file it stands. */
export type ParsedLine = LineOfAccount & { eventId: string };

/** What a file holds. */
export interface ParsedStatementFile {
  format: StatementFormat;
  /** SHA-256 of the file and its mapping, in hex: the same file read in another way is another import. */
  digest: string;
  statements: StatementHead[];
  lines: ParsedLine[];
  warnings: StatementWarning[];
}

/** Why a file is refused: the first place that cannot be read or cannot be true. */
export interface StatementFileFault {
  fault: { lineNumber: number; message: string };
}

/**
 * Reads a statement file: camt.053, MT940, or CSV where a mapping is given. The file is taken whole or refused with the
 * line and the reason. Reading pauses after each piece, so that the process answers others meanwhile.
 */
export async function parseStatementFile(
  bytes: Uint8Array,
  mapping?: CsvMapping,
): Promise<ParsedStatementFile | StatementFileFault> {
  const reading: Reading = { statements: [], warnings: [] };
  try {
    const format = formatOf(bytes, mapping);
    for await (const _piece of readerOf(format, bytes, mapping, reading)) await setImmediate();
    if (reading.statements.length === 0) throw new StatementFault(1, 'holds no statement');
    return {
      format,
      digest: sha256(`${sha256(bytes)} ${JSON.stringify(mapping ?? null)}`),
      statements: reading.statements.map(({ lines: _lines, ...head }) => head),
      lines: withIds(reading),
      warnings: reading.warnings,
    };
  } catch (fault) {
    if (!(fault instanceof StatementFault)) throw fault;
    return { fault: { lineNumber: fault.lineNumber, message: fault.message } };
  }
}

function readerOf(
  format: StatementFormat,
  bytes: Uint8Array,
  mapping: CsvMapping | undefined,
  reading: Reading,
) {
  if (format === 'camt.053') return readCamt(bytes, reading);
  if (format === 'mt940') return readMt940(bytes, reading);
  if (mapping === undefined) throw new Error('A CSV file is read without a mapping.');
  return readCsv(bytes, mapping, reading);
}

/** How archives and documents begin: ZIP and what is packed in it, gzip, RAR, PDF, and old documents of Office. */
const archiveStarts = ['PK\u0003', 'PK\u0005', '\u001F\u008B', 'Rar!', '%PDF', '\u00D0\u00CF'];

/** What a file is by its first bytes; with a mapping it is CSV. */
function formatOf(bytes: Uint8Array, mapping: CsvMapping | undefined): StatementFormat {
  if (bytes.length === 0) throw new StatementFault(1, 'is empty');
  const start = Buffer.from(bytes.subarray(0, 400))
    .toString('latin1')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
  if (archiveStarts.some((known) => start.startsWith(known)))
    throw new StatementFault(1, 'is an archive or a document; unpack it, or export the statement as a file');
  if (mapping !== undefined) return 'csv';
  const text = start.replaceAll('\0', '').trimStart();
  if (text.startsWith('<')) return 'camt.053';
  if (/^(?:\{1:|\{4:|:\d{2}[A-Z]?:)/.test(text) || /\n:20:/.test(text)) return 'mt940';
  throw new StatementFault(1, 'is neither camt.053 nor MT940; a CSV file needs a mapping of its columns');
}

/** Gives each line its id. Lines of a file that are alike are counted, so that each of them stays one. */
function withIds({ statements }: Reading): ParsedLine[] {
  const seen = new Map<string, number>();
  return statements.flatMap(({ account, lines }) =>
    lines.map((line) => {
      const ofAccount = { ...line, account };
      const identity = identityOfLine(ofAccount);
      const occurrence = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, occurrence);
      return { ...ofAccount, eventId: sha256(`${identity} ${occurrence}`) };
    }),
  );
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
