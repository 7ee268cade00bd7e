import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The folder for data and programs that another user must reach when the clone is closed to that user. */
const openRoot = '/var/lib/tenantry';

/** Whether every user can traverse all parent folders of `path`. */
function anybodyCanReach(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && statSync(folder).isDirectory() && folder !== resolve(path)) {
      if ((statSync(folder).mode & 0o001) === 0) return false;
    }
    if (dirname(folder) === folder) return true;
  }
}

/**
 * Answers a data folder that another user can reach. This is the given folder if it exists or is reachable. Otherwise
 * it is a folder below /var/lib/tenantry, and the given path becomes a link to it.
 */
export function reachableData(folder: string): string {
  if (existsSync(folder) && lstatSync(folder).isSymbolicLink()) return resolveLink(folder);
  if (existsSync(folder) || anybodyCanReach(folder)) return folder;
  const place = join(openRoot, createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16));
  mkdirSync(place, { recursive: true, mode: 0o711 });
  mkdirSync(dirname(folder), { recursive: true });
  const data = join(place, 'data');
  mkdirSync(data, { recursive: true });
  symlinkSync(data, folder);
  return data;
}

function resolveLink(link: string): string {
  const place = join(openRoot, createHash('sha256').update(resolve(link)).digest('hex').slice(0, 16), 'data');
  mkdirSync(place, { recursive: true });
  return place;
}

/** Answers a program that another user can run: the given one, or one in a copy of its tree below /var/lib/tenantry. */
export function reachableProgram(program: string): string {
  if (anybodyCanReach(program)) return program;
  const tree = dirname(dirname(program));
  const digest = createHash('sha256').update(tree).digest('hex').slice(0, 16);
  const copy = join(openRoot, `postgresql-${digest}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(openRoot, { recursive: true, mode: 0o755 });
    rmSync(half, { recursive: true, force: true });
    // Copies links verbatim. Otherwise the links between libraries would point back into the closed folder.
    cpSync(tree, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return join(copy, basename(dirname(program)), basename(program));
}
