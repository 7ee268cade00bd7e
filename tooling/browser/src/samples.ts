import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const page = resolve(import.meta.dirname, '../../../docs/browsers.md');

/** The samples of `docs/browsers.md` with a label, one text. Throws when there is none. */
export function samplesOf(label: 'browser' | 'proxy'): string {
  const blocks = readFileSync(page, 'utf8')
    .split('```')
    .filter((block) => block.startsWith(`js ${label}\n`));
  if (blocks.length === 0) throw new Error(`docs/browsers.md has no sample for ${label}`);
  return blocks.map((block) => block.slice(block.indexOf('\n') + 1)).join('\n');
}
