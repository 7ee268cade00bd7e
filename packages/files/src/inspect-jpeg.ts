import { type ImageSize, isShowable } from './image-size.ts';

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;

/**
 * The size a JPEG claims, read from its frame headers without unpacking a pixel.
 * The first that cannot be shown decides.
 * @returns undefined unless the markers run from SOI over one or more frames to EOI
 */
export function inspectJpeg(bytes: Buffer): ImageSize | undefined {
  let size: ImageSize | undefined;
  let at = 2;
  while (at + 4 <= bytes.length + 2) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === undefined || marker === startOfImage || marker === 0) return undefined;
    if (marker === endOfImage) return size;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    if (isFrame(marker)) {
      if (length < 8) return undefined;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
      if (!isShowable(size)) return size;
    }
    at = marker === startOfScan ? afterScan(bytes, end) : end;
  }
  return undefined;
}

/** SOF0 to SOF15, without the three codes of that range that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Where the entropy-coded data end: at the first marker that is neither a stuffed byte nor a restart. */
function afterScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
