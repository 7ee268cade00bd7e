import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedCatalogue, catalogueCharactersMax, parseCatalogue, wholeFile } from './parse.ts';

/** The catalogue of the demo, which an empty database is filled from. */
export const demoCatalogueFile = join(import.meta.dirname, '../../../catalogue.yaml');

/** Reads a catalogue from a file. One that is too long is not read. Throws when the file cannot be opened. */
export function readCatalogueFile(path: string): ParsedCatalogue {
  const { size } = statSync(path);
  // A character of UTF-8 has at most four bytes.
  if (size > 4 * catalogueCharactersMax) return wholeFile(`The file has ${size} bytes, which is too long.`);
  return parseCatalogue(readFileSync(path, 'utf8'));
}

/** The catalogue of the demo. */
export function readDemoCatalogue(): Catalogue {
  const parsed = readCatalogueFile(demoCatalogueFile);
  if ('faults' in parsed)
    throw new Error(`${demoCatalogueFile}: ${parsed.faults.map(({ message }) => message).join(' ')}`);
  return parsed.catalogue;
}
