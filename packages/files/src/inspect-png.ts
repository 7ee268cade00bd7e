import { crc32 } from 'node:zlib';
import type { ImageSize } from './image-size.ts';

const signatureBytes = 8;
const chunkFrameBytes = 12;

/**
 * The size a PNG claims, read from its chunks without unpacking a pixel.
 * @returns undefined unless the file is IHDR first, sound chunks, IDAT among them, and nothing after IEND
 */
export function inspectPng(bytes: Buffer): ImageSize | undefined {
  let size: ImageSize | undefined;
  let data = false;
  let at = signatureBytes;
  while (at + chunkFrameBytes <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + chunkFrameBytes + length;
    if (end > bytes.length) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (bytes.readUInt32BE(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return undefined;
    if ((type === 'IHDR') !== (at === signatureBytes)) return undefined;
    if (type === 'IHDR') {
      if (length !== 13) return undefined;
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    data ||= type === 'IDAT';
    if (type === 'IEND') return data && end === bytes.length ? size : undefined;
    at = end;
  }
  return undefined;
}
