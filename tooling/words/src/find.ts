import { listFiles, readFiles } from '@tenantry/source/files';
import { type Found, retiredWordsOf } from './words.ts';

const patterns = ['{apps,packages,tooling,examples,docs}/**/*.{ts,tsx,mjs,md}', '*.{md,ts,mjs}'] as const;

/** Every retired word in code and documents of the clone, and how many files were read. */
export function findRetiredWords(): { files: number; found: readonly Found[] } {
  const files = readFiles(listFiles(...patterns));
  return { files: files.size, found: [...files].flatMap(([path, source]) => retiredWordsOf(path, source)) };
}
