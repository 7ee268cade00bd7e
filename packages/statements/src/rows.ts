import { fieldCharactersMax } from './bounds.ts';
import { StatementFault } from './fault.ts';

/** A line of a file that consists of lines, with its number from 1. */
export interface Row {
  text: string;
  lineNumber: number;
}

/** Splits pieces of text into lines at LF or CR LF. Throws for a line that is longer than a field may be. */
export function* rowsOf(pieces: Iterable<string>): Generator<Row | undefined, void, void> {
  let rest = '';
  let lineNumber = 1;
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield rowOf(line, lineNumber++);
    if (rest.length > fieldCharactersMax) rowOf(rest, lineNumber);
    // Lets whoever reads pause between pieces.
    yield undefined;
  }
  if (rest !== '') yield rowOf(rest, lineNumber);
}

function rowOf(line: string, lineNumber: number): Row {
  if (line.length > fieldCharactersMax)
    throw new StatementFault(lineNumber, `has more than ${fieldCharactersMax} characters`);
  return { text: line.endsWith('\r') ? line.slice(0, -1) : line, lineNumber };
}
