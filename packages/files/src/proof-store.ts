import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { isShowable } from './image-size.ts';
import { inspectJpeg } from './inspect-jpeg.ts';
import { type PdfFault, faultOfPdf, startOfPdf } from './inspect-pdf.ts';
import { inspectPng } from './inspect-png.ts';

export type ProofMediaType = 'image/png' | 'image/jpeg' | 'application/pdf';

export type SavedProof = {
  /** Generated; says nothing of the uploader's file name. */
  readonly name: string;
  readonly mediaType: ProofMediaType;
  readonly sizeBytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
};

/** Why a file is not kept; `too_wide` is an image of more than 40 megapixels. */
export type ProofFault = { readonly fault: 'too_large' | 'empty' | 'another_type' | 'too_wide' | PdfFault };

export type ReadProof = { readonly bytes: Buffer; readonly mediaType: ProofMediaType };

export interface ProofStore {
  /** Stores a proof whole or not at all; what it is follows from its content alone. */
  save(bytes: Uint8Array): Promise<SavedProof | ProofFault>;
  /** @returns undefined when no proof has this name */
  read(name: string): Promise<ReadProof | undefined>;
  /** @returns whether there was one to remove */
  remove(name: string): Promise<boolean>;
}

/** 10 MB. */
export const proofBytesMax = 10_000_000;

const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'application/pdf': 'pdf' } as const;

const namePattern = /^[0-9a-f]{32}\.(png|jpg|pdf)$/;
const partPattern = /^\.[0-9a-f]{32}\.(?:png|jpg|pdf)\.part$/;

/** Proofs in a folder of their own (made 0700, outside any web root), each file 0600. */
export async function openProofStore({ folder }: { readonly folder: string }): Promise<ProofStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await sweepParts(folder);

  async function save(given: Uint8Array): Promise<SavedProof | ProofFault> {
    if (given.length === 0) return { fault: 'empty' };
    if (given.length > proofBytesMax) return { fault: 'too_large' };
    // A copy, so that what was inspected is what is written.
    const bytes = Buffer.from(given);
    const mediaType = await mediaTypeOf(bytes);
    if (typeof mediaType !== 'string') return mediaType;
    const name = `${randomBytes(16).toString('hex')}.${extensions[mediaType]}`;
    await writeWhole(folder, name, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, mediaType, sizeBytes: bytes.length, sha256 };
  }

  async function read(name: string): Promise<ReadProof | undefined> {
    const mediaType = mediaTypeOfName(name);
    if (mediaType === undefined) return undefined;
    try {
      await using file = await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW);
      return { bytes: await file.readFile(), mediaType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function remove(name: string): Promise<boolean> {
    if (mediaTypeOfName(name) === undefined) return false;
    try {
      await rm(join(folder, name));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  return { save, read, remove };
}

/** What a file is by its content, or why it is not accepted. */
async function mediaTypeOf(bytes: Buffer): Promise<ProofMediaType | ProofFault> {
  const sniffed = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (sniffed === 'image/png' || sniffed === 'image/jpeg') {
    const size = sniffed === 'image/png' ? inspectPng(bytes) : inspectJpeg(bytes);
    if (size === undefined) return { fault: 'damaged' };
    return isShowable(size) ? sniffed : { fault: 'too_wide' };
  }
  const isPdf = startOfPdf(bytes) !== undefined && (sniffed === undefined || sniffed === 'application/pdf');
  if (!isPdf) return { fault: 'another_type' };
  const fault = faultOfPdf(bytes);
  return fault === undefined ? 'application/pdf' : { fault };
}

function mediaTypeOfName(name: string): ProofMediaType | undefined {
  const [, extension] = namePattern.exec(name) ?? [];
  if (extension === 'png') return 'image/png';
  if (extension === 'jpg') return 'image/jpeg';
  return extension === 'pdf' ? 'application/pdf' : undefined;
}

/** Written beside its place and renamed, so that a name only ever leads to a whole file, also after a crash. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const temporary = join(folder, `.${name}.part`);
  try {
    await using file = await open(temporary, 'wx', 0o600);
    await file.writeFile(bytes);
    await file.sync();
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await using entries = await open(folder, 'r');
  await entries.sync();
}

/** A file that is still being written is younger: an upload takes less. */
const partMinutesMax = 60;

/** Removes what a process left behind that ended while it wrote a file. */
async function sweepParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!partPattern.test(name)) continue;
    const file = join(folder, name);
    const { mtimeMs } = await lstat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > partMinutesMax * 60_000) await rm(file, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
}
