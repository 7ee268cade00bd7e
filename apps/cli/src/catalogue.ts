import { type FileFault, type ParsedCatalogue, parseCatalogue } from '@tenantry/catalogue/parse';
import { readCatalogueFile } from '@tenantry/catalogue/file';
import { writeCatalogue } from '@tenantry/catalogue/write';
import { readFileSync } from 'node:fs';
import {
  type Move,
  type PlannedChange,
  applyCatalogue,
  planCatalogue,
  storedCatalogue,
  withCatalogue,
} from '@tenantry/db/catalogue/apply';
import { type FailpointPlan, openFailpoint } from '@tenantry/db/failpoint';
import { newId } from '@tenantry/db/ids';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { gapsOfCatalogue } from '@tenantry/domain/catalogue/gaps';

/** What a command prints, and whether it failed. */
export interface Printed {
  lines: string[];
  isFailed: boolean;
}

const printed = (...lines: string[]): Printed => ({ lines, isFailed: false });
const failed = (...lines: string[]): Printed => ({ lines, isFailed: true });

/** The catalogue of a database as a file. With an earlier file its comments and its order are kept. */
export async function exportCatalogue(ownerUrl: string, into?: string): Promise<string> {
  const earlier = into === undefined ? undefined : readFileSync(into, 'utf8');
  if (earlier !== undefined) refuseBroken(parseCatalogue(earlier), into ?? '');
  return writeCatalogue(await storedCatalogue(ownerUrl), earlier);
}

function refuseBroken(parsed: ParsedCatalogue, file: string): void {
  if ('faults' in parsed)
    throw new Error(
      `${file} has faults, so its comments cannot be kept: run tenantry catalogue check ${file}`,
    );
}

/** Every fault of a file with its line, and what the catalogue makes impossible. Needs no database. */
export function checkFile(file: string): Printed {
  const parsed = readCatalogueFile(file);
  if ('faults' in parsed) return faultsOf(file, parsed.faults);
  const { plans, operations, packages } = parsed.catalogue;
  const counts = [
    `${Object.keys(plans).length} plans`,
    `${Object.keys(operations).length} operations`,
    `${Object.keys(packages).length} packages`,
  ];
  return printed(...notesOf(parsed.catalogue), `${file} is right: ${counts.join(', ')}.`);
}

/** What a file would change in a database. */
export async function planFile(ownerUrl: string, file: string, now: Date): Promise<Printed> {
  const parsed = readCatalogueFile(file);
  if ('faults' in parsed) return faultsOf(file, parsed.faults);
  const { catalogue } = parsed;
  const notes = notesOf(await withStoredIssuer(ownerUrl, catalogue));
  const changes = await withCatalogue(ownerUrl, (database) => planCatalogue(database, catalogue, now));
  return printed(...notes, ...linesOf(changes), summary(changes, 'would change'));
}

/** Makes a file true in a database, in one transaction. */
export async function applyFile(
  ownerUrl: string,
  file: string,
  { now, move, failpoint }: { now: Date; move: Move | undefined; failpoint: FailpointPlan | undefined },
): Promise<Printed> {
  const parsed = readCatalogueFile(file);
  if ('faults' in parsed) return faultsOf(file, parsed.faults);
  const { catalogue } = parsed;
  const actor = { kind: 'system', job: 'cli' } as const;
  const applied = await withCatalogue(ownerUrl, (database) =>
    applyCatalogue(
      database,
      catalogue,
      { actor, requestId: newId(), now },
      { move, failpoint: openFailpoint(failpoint) },
    ),
  );
  if ('faults' in applied)
    return failed(...applied.faults.map((fault) => `✗ ${fault}`), 'Nothing was changed.');
  const notes = notesOf(await withStoredIssuer(ownerUrl, catalogue));
  return printed(...notes, ...linesOf(applied.changes), summary(applied.changes, 'changed'));
}

/** What is true after an apply: the stored issuer stays where the file names none. */
async function withStoredIssuer(ownerUrl: string, catalogue: Catalogue): Promise<Catalogue> {
  return catalogue.issuer === null
    ? { ...catalogue, issuer: (await storedCatalogue(ownerUrl)).issuer }
    : catalogue;
}

function faultsOf(file: string, faults: readonly FileFault[]): Printed {
  const lines = faults.map(
    ({ line, at, message }) => `✗ ${file}:${line} ${at === '' ? '' : `${at}: `}${message}`,
  );
  return failed(...lines, `${faults.length} found.`);
}

const notesOf = (catalogue: Catalogue) => gapsOfCatalogue(catalogue).map((gap) => `! ${gap}`);

const signs = { add: '+', version: '~', state: '~', update: '~', remove: '-' } as const;
const parts = {
  features: 'feature',
  limits: 'limit',
  plans: 'plan',
  operations: 'operation',
  packages: 'package',
  issuer: 'issuer',
} as const;

function linesOf(changes: readonly PlannedChange[]): string[] {
  return changes.flatMap(({ part, name, change, details, accounts }) => [
    `${signs[change]} ${parts[part]} ${name}${change === 'version' ? ' (a new version)' : ''}${
      part === 'plans' && accounts > 0
        ? `, which ${accounts === 1 ? '1 account has' : `${accounts} accounts have`}`
        : ''
    }`,
    ...details.map((detail) => `    ${detail}`),
  ]);
}

function summary(changes: readonly PlannedChange[], verb: string): string {
  return changes.length === 0 ? 'Nothing to change.' : `${changes.length} ${verb}.`;
}
