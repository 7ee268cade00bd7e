import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { faultsOfCatalogue } from '@tenantry/domain/catalogue/faults';
import { variablesOf } from '@tenantry/domain/run/prompt';
import { type Document, LineCounter, isScalar, parseDocument, visit } from 'yaml';
import { faultOfExpansion, repeatedKeys } from './bounds.ts';
import { placeOf, placeOfPart } from './place.ts';
import { type PlacedFault, faultsOfIssue } from './issues.ts';
import { catalogueSchema } from '@tenantry/contract/catalogue-file';

/** The most characters of a file. A catalogue of 1,000 plans and 5,000 operations is shorter. */
export const catalogueCharactersMax = 4_000_000;

/** What is wrong with a file, and where. */
export interface FileFault {
  /** From 1. */
  line: number;
  /** The keys that lead there, joined by dots; empty for the file. */
  at: string;
  message: string;
}

/** A catalogue, or everything that is wrong with its file. */
export type ParsedCatalogue = { catalogue: Catalogue } | { faults: FileFault[] };

/** The most faults that are told of one file. */
const faultsMax = 100;

/**
 * Reads the text of a catalogue: YAML 1.2 or JSON. Every fault is answered with its line. Aliases and merge keys are
 * resolved, as long as they do not make a short file a long one.
 */
export function parseCatalogue(source: string): ParsedCatalogue {
  if (source.length > catalogueCharactersMax)
    return wholeFile(`The file has ${source.length} characters; the most are ${catalogueCharactersMax}.`);
  const lines = new LineCounter();
  const read = readDocument(source, lines);
  if (typeof read === 'string') return wholeFile(read);
  const { document, value } = read;
  // A warning is an unknown tag: it means something that is not read here.
  const broken = [...document.errors, ...document.warnings];
  if (broken.some(({ message }) => message.startsWith('Maximum call stack'))) return wholeFile(tooDeep);
  if (broken.length > 0) {
    const faults = broken.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, at: '', message }));
    return { faults: faults.slice(0, faultsMax) };
  }
  const fault = ({ path, message, part }: PlacedFault): FileFault => ({
    line: lines.linePos(placeOfPart(document, path, source, part) ?? placeOf(document, path)).line,
    at: path.map(String).join('.'),
    message,
  });
  const forbidden = placeOfPrototype(document);
  if (forbidden !== undefined)
    return {
      faults: [{ line: lines.linePos(forbidden).line, at: '', message: '__proto__ cannot be a name.' }],
    };
  const repeated = repeatedKeys(document).slice(0, faultsMax);
  if (repeated.length > 0)
    return {
      faults: repeated.map(({ name, offset }) => ({
        line: lines.linePos(offset).line,
        at: '',
        message: `${name} is here twice; keep one.`,
      })),
    };
  const parsed = catalogueSchema.safeParse(value);
  const found = parsed.success ? faultsOfCatalogue(parsed.data) : parsed.error.issues.flatMap(faultsOfIssue);
  if (parsed.success && found.length === 0) {
    const { catalogue: _format, ...catalogue } = parsed.data;
    return { catalogue: withVariables(catalogue) };
  }
  return { faults: found.slice(0, faultsMax).map(fault) };
}

/** Variables are those of the template, whether or not the file lists them. */
function withVariables(catalogue: Catalogue): Catalogue {
  const operations = Object.entries(catalogue.operations).map(([name, operation]) => {
    const { promptTemplate } = operation;
    return [
      name,
      { ...operation, variables: promptTemplate === null ? null : variablesOf(promptTemplate) },
    ] as const;
  });
  return { ...catalogue, operations: Object.fromEntries(operations) };
}

const tooDeep = 'The file is nested too deeply to be read.';

/** The document with its value, or what makes it impossible to read. */
function readDocument(
  source: string,
  lines: LineCounter,
): { document: Document.Parsed; value: unknown } | string {
  try {
    const options = { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'error' } as const;
    // The parser compares each key of a map with each, which takes too long; `repeatedKeys` finds them.
    const document = parseDocument(source, { ...options, uniqueKeys: false });
    if (document.errors.length > 0) return { document, value: undefined };
    // The parser counts no merge keys.
    return faultOfExpansion(document) ?? { document, value: document.toJS({ maxAliasCount: -1 }) };
  } catch (fault) {
    if (fault instanceof RangeError) return tooDeep;
    if (fault instanceof ReferenceError)
      return `The aliases of the file cannot be resolved: ${fault.message}.`;
    throw fault;
  }
}

/** A fault of the whole file. */
export const wholeFile = (message: string): ParsedCatalogue => ({ faults: [{ line: 1, at: '', message }] });

/** Where a key is that a JavaScript object does not keep: the schema would read past it. */
function placeOfPrototype(document: Document.Parsed): number | undefined {
  let place: number | undefined;
  visit(document, {
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value !== '__proto__') return undefined;
      place = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return place;
}
