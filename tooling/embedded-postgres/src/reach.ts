import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where things go that another user must reach when the clone itself is closed to it. */
const openRoot = '/var/lib/tenantry';

/** Whether every folder on the way to `path` lets any user pass. */
function anybodyCanReach(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && statSync(folder).isDirectory() && folder !== resolve(path)) {
      if ((statSync(folder).mode & 0o001) === 0) return false;
    }
    if (dirname(folder) === folder) return true;
  }
}

/**
 * A data folder that another user can reach: the one given, or one below /var/lib with a link in its place, when
 * the clone stands in a home that is closed to others.
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

/** A program that another user can run: where it is, or a copy of its whole tree below /var/lib. */
export function reachableProgram(program: string): string {
  if (anybodyCanReach(program)) return program;
  const tree = dirname(dirname(program));
  const digest = createHash('sha256').update(tree).digest('hex').slice(0, 16);
  const copy = join(openRoot, `postgresql-${digest}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(openRoot, { recursive: true, mode: 0o755 });
    rmSync(half, { recursive: true, force: true });
    // As they are written, or the copy's libraries would point back into the closed folder.
    cpSync(tree, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return join(copy, basename(dirname(program)), basename(program));
}
