import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clone } from '@tenantry/source/files';
import { samplesIn } from '@tenantry/source/pages';

/** The samples of `docs/browsers.md` with a label, one text. Throws when there is none. */
export function samplesOf(label: 'browser' | 'proxy'): string {
  return samplesIn(readFileSync(join(clone, 'docs/browsers.md'), 'utf8'), `js ${label}`).join('\n');
}
