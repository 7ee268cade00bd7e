import { inflateSync } from 'node:zlib';
import { type ScannedObject, scanObject } from './pdf-scan.ts';

/** Why a PDF is not accepted. */
export type PdfFault = 'damaged' | 'two_in_one' | 'active' | 'hidden';

/** The sum of all unpacked objects of one file. The objects of a real proof stay far below it. */
const unpackedBytesMax = 8_000_000;
/** How often each byte may be read, on the whole. Only a file that is made to be slow needs more. */
const readingsMax = 2;
const objectsMax = 100_000;
/** Viewers look for the header in the first kilobyte and for the end in the last. */
const edgeBytes = 1024;

/** Ways of packing that hide objects from this inspection. Who writes PDFs uses Flate alone for them. */
const unusual = ['Predictor', 'ASCIIHexDecode', 'ASCII85Decode', 'LZWDecode', 'RunLengthDecode', 'Crypt'];

/** Where a PDF begins in a file; undefined when it is none. */
export function startOfPdf(bytes: Buffer): number | undefined {
  const at = bytes.subarray(0, edgeBytes + 5).indexOf('%PDF-');
  return at === -1 ? undefined : at;
}

/**
 * Says what is wrong with a PDF, or nothing. Refused is what acts when it is opened (a script, a launch, a file inside,
 * an XFA form, an action that sends), in plain or packed objects and in any spelling; what is another file as well; and
 * what is cut off. What stands in texts and in drawn content is no action. The packed objects of an encrypted file cannot
 * be read; docs/adr/0027-proofs-are-refused-for-what-they-are.md says why it is accepted.
 */
export function faultOfPdf(bytes: Buffer): PdfFault | undefined {
  const start = startOfPdf(bytes) ?? 0;
  const end = bytes.lastIndexOf('%%EOF');
  if (end < start) return 'damaged';
  if (isAnotherFile(bytes.subarray(0, start)) || isAnotherFile(bytes.subarray(end + 5))) return 'two_in_one';
  return faultOfObjects(bytes);
}

/** Whether what stands before or behind a PDF is more than blanks and a few words of whoever sent it. */
function isAnotherFile(rest: Buffer): boolean {
  let length = rest.length;
  while (length > 0 && (rest[length - 1] ?? 0) <= 0x20) length -= 1;
  // Markup, and the two signatures by which a ZIP is found from its end.
  return (
    length > edgeBytes || ['<', 'PK\x03\x04', 'PK\x05\x06'].some((sign) => rest.includes(sign, 0, 'latin1'))
  );
}

function faultOfObjects(bytes: Buffer): PdfFault | undefined {
  const packed: ScannedObject[] = [];
  let isEncrypted = false;
  let readBytes = 0;
  let objects = 0;
  let hasRoot = false;
  // A viewer finds an object by its header, wherever it stands: inside the data of a stream, too.
  for (const [keyword, isHeader] of [
    ['obj', isObjectHeader],
    ['trailer', isWord],
  ] as const)
    for (let at = bytes.indexOf(keyword); at !== -1; at = bytes.indexOf(keyword, at + keyword.length)) {
      if (!isHeader(bytes, at)) continue;
      const object = scanObject(bytes, at + keyword.length);
      objects += 1;
      readBytes += object.end - at;
      if (object.isActive) return 'active';
      if (readBytes > readingsMax * bytes.length || objects > objectsMax) return 'hidden';
      if (object.names.has('Root')) hasRoot = true;
      if (object.names.has('Encrypt')) isEncrypted = true;
      // A viewer may take any stream for a packed one; each of those says where its first object begins.
      if (object.hasStream && (object.names.has('ObjStm') || object.first !== undefined)) packed.push(object);
    }
  return !hasRoot ? 'damaged' : faultOfPacked(bytes, packed, isEncrypted);
}

/** Whether `obj` at this place may end the header of an object; `endobj` does not. */
function isObjectHeader(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  return before <= 0x20 || (before >= 0x30 && before <= 0x39);
}

function isWord(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  return before <= 0x20 || before === 0x3e;
}

function faultOfPacked(
  bytes: Buffer,
  packed: readonly ScannedObject[],
  isEncrypted: boolean,
): PdfFault | undefined {
  let left = unpackedBytesMax;
  for (const { names, first, end } of packed) {
    if (unusual.some((name) => names.has(name)) || left <= 0) return 'hidden';
    if (names.has('Filter') && !names.has('FlateDecode')) return 'hidden';
    const content = unpack(bytes, end, names.has('Filter'), left);
    if (content === 'too_large') return 'hidden';
    if (content === undefined) {
      if (isEncrypted) continue;
      return 'hidden';
    }
    left -= names.has('Filter') ? content.length : 0;
    const fault = faultOfContent(content, first ?? Number.NaN);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Reads each object of a packed stream from the place that the stream's own list names. */
function faultOfContent(content: Buffer, first: number): PdfFault | undefined {
  const list = first <= content.length ? content.toString('latin1', 0, first) : '';
  if (!/^[\d\s]*\d[\d\s]*$/.test(list)) return 'hidden';
  const offsets = list
    .trim()
    .split(/\s+/)
    .filter((_number, index) => index % 2 === 1);
  let readBytes = 0;
  for (const offset of offsets) {
    const object = scanObject(content, first + Number(offset), true);
    readBytes += object.end - first - Number(offset);
    if (object.isActive) return 'active';
    if (readBytes > readingsMax * content.length) return 'hidden';
  }
  return undefined;
}

/** The content of the stream whose keyword ends at `at`. */
function unpack(
  bytes: Buffer,
  at: number,
  isFiltered: boolean,
  bytesMax: number,
): Buffer | 'too_large' | undefined {
  const start = at + (bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : 1);
  if (!isFiltered) return bytes.subarray(start);
  try {
    return inflateSync(bytes.subarray(start), { maxOutputLength: bytesMax });
  } catch (fault) {
    const isLong = fault instanceof Error && 'code' in fault && fault.code === 'ERR_BUFFER_TOO_LARGE';
    return isLong ? 'too_large' : undefined;
  }
}
