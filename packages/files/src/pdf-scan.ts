/** What makes a PDF do something when it is opened, by the name that stands for it. */
const activeNames = new Set([
  'JavaScript',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'XFA',
  'RichMedia',
  'ImportData',
  'SubmitForm',
  'GoToE',
]);

/** Names of a dictionary that say how its stream is packed, that the file is encrypted, or where its objects begin. */
const kept = new Set([
  'ObjStm',
  'Encrypt',
  'Root',
  'Filter',
  'FlateDecode',
  'Predictor',
  'ASCIIHexDecode',
  'ASCII85Decode',
  'LZWDecode',
  'RunLengthDecode',
  'Crypt',
]);

/** What stands in one object of a PDF. */
export interface ScannedObject {
  /** Whether a name in it stands for an action or for a file inside the file. */
  isActive: boolean;
  /** The names of `kept` that it has. */
  readonly names: Set<string>;
  /** Where the first object of a packed stream begins; NaN when it is not said once and as a number. */
  first: number | undefined;
  /** Where the scan ended. */
  end: number;
  /** Whether the keyword `stream` ended it. */
  hasStream: boolean;
}

const isSpace = (byte: number) => byte <= 0x20;
const delimiters = new Set(Buffer.from('()<>[]{}/%'));
const isRegular = (byte: number) => !isSpace(byte) && !delimiters.has(byte);
const ends = new Set(['endobj', 'obj', 'stream', 'endstream', 'startxref', 'trailer', 'xref']);

/**
 * Reads one object as a viewer does, from its first byte: text in strings and comments is no name. It ends at the keyword
 * that ends an object; `isOne` ends it with the first whole value, as in a packed stream, which has no such keywords.
 */
export function scanObject(bytes: Buffer, from: number, isOne = false): ScannedObject {
  const found: ScannedObject = {
    isActive: false,
    names: new Set(),
    first: undefined,
    end: bytes.length,
    hasStream: false,
  };
  let depth = 0;
  let before = '';
  let wordsBehindFirst = Number.NaN;
  let saysFirst = false;
  for (let at = from; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    let isValue = true;
    if (isSpace(byte) || byte === 0x25) {
      at = byte === 0x25 ? endOfLine(bytes, at) : at + 1;
      continue;
    }
    if (byte === 0x2f) {
      const end = endOfRegular(bytes, at + 1);
      before = spellOut(bytes.subarray(at + 1, end));
      if (activeNames.has(before)) found.isActive = true;
      if (kept.has(before)) found.names.add(before);
      if (before === 'First') found.first = Number.NaN;
      wordsBehindFirst = before === 'First' && !saysFirst ? 0 : Number.NaN;
      saysFirst ||= before === 'First';
      at = end;
    } else if (byte === 0x28 || (byte === 0x3c && next !== 0x3c)) {
      // A script stands behind the name JS as a text or as a reference.
      if (before === 'JS') found.isActive = true;
      before = '';
      at = byte === 0x28 ? endOfString(bytes, at) : endOfHexString(bytes, at);
    } else if (isRegular(byte)) {
      const end = endOfRegular(bytes, at);
      const isDigit = byte >= 0x30 && byte <= 0x39;
      // Most words are numbers that nothing depends on; to make a text of each would take most of the time.
      const isPlainNumber = isDigit && before !== 'JS' && Number.isNaN(wordsBehindFirst);
      const word = isPlainNumber ? '0' : bytes.toString('latin1', at, Math.min(end, at + 20));
      // A keyword inside a dictionary ends nothing, whatever it is there for.
      if (!isOne && (word === 'stream' || (depth <= 0 && ends.has(word)))) {
        found.end = end;
        found.hasStream = word === 'stream';
        return found;
      }
      if (before === 'JS' && /^\d/.test(word)) found.isActive = true;
      if (wordsBehindFirst === 0 && /^\d{1,9}$/.test(word)) found.first = Number(word);
      // A reference: the number stands elsewhere.
      if (wordsBehindFirst === 2 && word === 'R') found.first = Number.NaN;
      wordsBehindFirst += 1;
      before = '';
      at = end;
    } else {
      before = '';
      const isDouble = (byte === 0x3c && next === 0x3c) || (byte === 0x3e && next === 0x3e);
      if (byte === 0x3c || byte === 0x5b) depth += 1;
      if (byte === 0x3e || byte === 0x5d) depth -= 1;
      isValue = byte === 0x3e || byte === 0x5d;
      at += isDouble ? 2 : 1;
    }
    if (isOne && isValue && depth <= 0) {
      found.end = at;
      return found;
    }
  }
  return found;
}

function endOfLine(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end += 1;
  return end;
}

function endOfRegular(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && isRegular(bytes[end] ?? 0)) end += 1;
  return end;
}

function endOfString(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let end = at; end < bytes.length; end += 1) {
    const byte = bytes[end];
    if (byte === 0x5c) end += 1;
    else if (byte === 0x28) depth += 1;
    else if (byte === 0x29) depth -= 1;
    if (depth === 0) return end + 1;
  }
  return bytes.length;
}

function endOfHexString(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0x3e, at);
  return end === -1 ? bytes.length : end + 1;
}

/** A name with `#` and two hex digits decoded, which may stand for any of its characters. */
function spellOut(name: Buffer): string {
  const text = name.toString('latin1', 0, 200);
  return text.replaceAll(/#([0-9a-fA-F]{2})/g, (_mark, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
