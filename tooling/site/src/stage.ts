import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { openApiDocument as adminDocument } from '@tenantry/admin/document';
import { openApiDocument as apiDocument } from '@tenantry/api/document';
import { referencePage } from './reference.ts';

const clone = resolve(import.meta.dirname, '../../..');
const docs = join(clone, 'docs');

/** The Markdown files below a folder, as paths in it. */
function pagesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
}

/** The pages that are not in `docs`, with their places in the site. */
const pagesOutside: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'packages/client/README.md': 'client.md',
};

/** Where a file of the repository stands in the site, or undefined for one that the site does not hold. */
function placeInSite(path: string): string | undefined {
  const outside = pagesOutside[path];
  if (outside !== undefined) return outside;
  if (path === 'docs/adr/' || path === 'docs/adr') return 'adr/index.md';
  return path.startsWith('docs/') ? path.slice('docs/'.length) : undefined;
}

/**
 * The text of a file of the repository as a page of the site. A link to a file that the site does not hold becomes its
 * label, and every other link leads to the place of its target in the site.
 */
export function pageForSite(source: string, text: string): string {
  const own = posix.dirname(placeInSite(source) ?? source);
  return text.replaceAll(
    /\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g,
    (_whole, label: string, target: string) => {
      const [path = '', fragment] = target.split('#');
      const place = placeInSite(posix.normalize(posix.join(posix.dirname(source), path)));
      if (place === undefined) return label;
      return `[${label}](${posix.relative(own, place)}${fragment === undefined ? '' : `#${fragment}`})`;
    },
  );
}

const titleOf = (text: string) => /^# (.+)$/m.exec(text)?.[1] ?? '';

function decisionsPage(): string {
  const lines = pagesIn(join(docs, 'adr')).map(
    (name) => `- [${titleOf(readFileSync(join(docs, 'adr', name), 'utf8'))}](${name})`,
  );
  return `# Decisions\n\nWhy it is built this way, one page for each decision.\n\n${lines.join('\n')}\n`;
}

/**
 * Writes every page of the site into a folder: the README, `docs`, CONTRIBUTING, the page of the client, the list of decisions
 * and both API references.
 */
export function stagePages(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  cpSync(docs, folder, { recursive: true, filter: (source) => !source.endsWith('.md') });
  for (const name of pagesIn(docs))
    write(name, pageForSite(`docs/${name}`, readFileSync(join(docs, name), 'utf8')));
  for (const [path, place] of Object.entries(pagesOutside))
    write(place, pageForSite(path, readFileSync(join(clone, path), 'utf8')));
  write('adr/index.md', decisionsPage());
  write('reference.md', referencePage('API reference', apiDocument('https://tenantry.example.com')));
  write(
    'admin-reference.md',
    referencePage('Reference of the admin app', adminDocument('https://staff.example.com')),
  );
}
