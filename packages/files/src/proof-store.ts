import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { isShowable } from './image-size.ts';
import { inspectJpeg } from './inspect-jpeg.ts';
import { isPassivePdf } from './inspect-pdf.ts';
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

export type ProofFault = { readonly fault: 'too_large' | 'unsupported' | 'empty' };

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

/** Proofs in a folder of their own (made 0700, outside any web root), each file 0600. */
export async function openProofStore({ folder }: { readonly folder: string }): Promise<ProofStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);

  async function save(given: Uint8Array): Promise<SavedProof | ProofFault> {
    if (given.length === 0) return { fault: 'empty' };
    if (given.length > proofBytesMax) return { fault: 'too_large' };
    // A copy, so that what was inspected is what is written.
    const bytes = Buffer.from(given);
    const mediaType = await mediaTypeOf(bytes);
    if (mediaType === undefined) return { fault: 'unsupported' };
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

async function mediaTypeOf(bytes: Buffer): Promise<ProofMediaType | undefined> {
  const sniffed = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (sniffed?.mime === 'application/pdf') return isPassivePdf(bytes) ? 'application/pdf' : undefined;
  if (sniffed?.mime !== 'image/png' && sniffed?.mime !== 'image/jpeg') return undefined;
  const size = sniffed.mime === 'image/png' ? inspectPng(bytes) : inspectJpeg(bytes);
  return size && isShowable(size) ? sniffed.mime : undefined;
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
}
