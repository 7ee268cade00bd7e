import { inflateSync } from 'node:zlib';

/** All packed objects of one file together; text objects of an honest proof stay far below it. */
const unpackedBytesMax = 8_000_000;
const streamsMax = 5_000;
const dictionaryBytesMax = 2_048;
const objectHeader = /\b\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\s{0,9}<</g;

/** An object starts behind the end of another, or behind a comment line such as the file's header. */
const endOfObject = /(?:endobj\s{0,99}|[\r\n]%[^\r\n]{0,99}[\r\n]{1,9}|^%PDF[^\r\n]{0,99}[\r\n]{1,9})$/;

/** A script or a launch, as a name; `/JS` is short enough to occur in pixels, so it needs its value behind it. */
const active = /\/(?:JavaScript|Launch|JS[\0\t\n\f\r ]*[(<%\d])/;

/**
 * Whether a PDF has nothing that acts: no script, no launch, in plain or packed objects, however its names are spelt.
 * A file that hides its objects (encrypted, packed by anything but plain Flate, too large unpacked) is not passive.
 */
export function isPassivePdf(bytes: Buffer): boolean {
  const text = spellOut(bytes);
  if (!text.startsWith('%PDF-') || !text.includes('%%EOF')) return false;
  if (active.test(text) || text.includes('/Encrypt')) return false;
  return !text.includes('/ObjStm') || arePackedObjectsPassive(bytes);
}

/** A name may be spelt with `#` and two hex digits for any letter; one pass over bytes, as a file may be all `#`. */
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
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
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

/** `stream` after white space or `>>`; not the end of `endstream` or of a word. */
function isKeyword(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  return before <= 0x20 || before === 0x3e;
}

/**
 * The dictionary of the stream at `at`, from the last object header before it.
 * @returns undefined when there is none near, or when what was found may be a decoy inside another dictionary
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
  for (const letter of dictionary.replaceAll(/\\[\s\S]/g, '')) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0) return true;
  }
  return false;
}

function unpack(bytes: Buffer, at: number, dictionary: string, bytesMax: number): Buffer | undefined {
  // An object stream that is not packed lies open in the file and has been read with it.
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
