import { inflateSync } from 'node:zlib';

/** The sum of all unpacked objects of one file. Text objects of a real proof stay far below it. */
const unpackedBytesMax = 8_000_000;
const streamsMax = 5_000;
const dictionaryBytesMax = 2_048;
const objectHeader = /\b\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\s{0,9}<</g;

/** An object starts after the end of another, or after a comment line such as the file's header. */
const endOfObject = /(?:endobj\s{0,99}|[\r\n]%[^\r\n]{0,99}[\r\n]{1,9}|^%PDF[^\r\n]{0,99}[\r\n]{1,9})$/;

/** The name of a script or a launch. `/JS` also occurs in image data by chance, so its value must follow it. */
const active = /\/(?:JavaScript|Launch|JS[\0\t\n\f\r ]*[(<%\d])/;

/**
 * Whether a PDF has no script and no launch, in plain or packed objects, in any spelling of their names. A file whose
 * objects cannot be read (encrypted, packed by anything but plain Flate, too large when unpacked) is not passive.
 */
export function isPassivePdf(bytes: Buffer): boolean {
  const text = spellOut(bytes);
  if (!text.startsWith('%PDF-') || !text.includes('%%EOF')) return false;
  if (active.test(text) || text.includes('/Encrypt')) return false;
  return !text.includes('/ObjStm') || arePackedObjectsPassive(bytes);
}

/** Decodes `#` and two hex digits, which may stand for any character of a name. One pass, as a file may be all `#`. */
function spellOut(bytes: Buffer): string {
  const spelt = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const code = byte === 0x23 ? hexValue(bytes[at + 1]) * 16 + hexValue(bytes[at + 2]) : Number.NaN;
    if (!Number.isNaN(code)) at += 2;
    spelt[length] = Number.isNaN(code) ? byte : code;
    length += 1;
  }
  return spelt.toString('latin1', 0, length);
}

function hexValue(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x57 : Number.NaN;
}

function arePackedObjectsPassive(bytes: Buffer): boolean {
  let streams = 0;
  let unpackedBytes = 0;
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    if (!isKeyword(bytes, at)) continue;
    streams += 1;
    const dictionary = dictionaryBefore(bytes, at);
    if (dictionary === undefined || streams > streamsMax) return false;
    if (!dictionary.includes('/ObjStm')) continue;
    const unpacked = unpack(bytes, at, dictionary, unpackedBytesMax - unpackedBytes);
    if (unpacked === undefined || active.test(spellOut(unpacked))) return false;
    unpackedBytes += unpacked.length;
  }
  return true;
}

/** Whether `stream` follows white space or `>>`, and is not the end of `endstream` or of another word. */
function isKeyword(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  return before <= 0x20 || before === 0x3e;
}

/**
 * The dictionary of the stream at `at`, from the last object header before it.
 * @returns undefined when there is none near, or when the header may stand in another dictionary
 */
function dictionaryBefore(bytes: Buffer, at: number): string | undefined {
  const before = spellOut(bytes.subarray(Math.max(0, at - dictionaryBytesMax), at));
  const header = [...before.matchAll(objectHeader)].at(-1);
  if (header === undefined) return undefined;
  const preceding = before.slice(0, header.index);
  if (preceding.trim() !== '' && !endOfObject.test(preceding)) return undefined;
  if (/%[^\r\n]*$/.test(preceding.slice(-256))) return undefined;
  const dictionary = before.slice(header.index + header[0].length);
  const opened = dictionary.split('<<').length;
  const closed = dictionary.split('>>').length;
  return opened + 1 !== closed || closesMoreThanItOpens(dictionary) ? undefined : dictionary;
}

function closesMoreThanItOpens(dictionary: string): boolean {
  let depth = 0;
  for (const character of dictionary.replaceAll(/\\[\s\S]/g, '')) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return true;
  }
  return false;
}

function unpack(bytes: Buffer, at: number, dictionary: string, bytesMax: number): Buffer | undefined {
  // An object stream without a filter is plain text, which the search of the whole file has covered.
  if (!dictionary.includes('/Filter')) return Buffer.alloc(0);
  const rest = dictionary.replace(/\/Filter\s*(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])/, '');
  if (rest === dictionary || rest.includes('/Filter') || rest.includes('/Predictor') || bytesMax <= 0)
    return undefined;
  const start = at + 'stream'.length + (bytes[at + 6] === 0x0d && bytes[at + 7] === 0x0a ? 2 : 1);
  try {
    return inflateSync(bytes.subarray(start), { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}
