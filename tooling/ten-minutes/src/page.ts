import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clone } from '@tenantry/source/files';
import { samplesIn, sectionOf } from '@tenantry/source/pages';

const section = sectionOf(readFileSync(join(clone, 'README.md'), 'utf8'), 'Your own product in ten minutes');

/** The sample of the README's ten minutes that contains a text, as it stands on the page. Throws when there is none. */
export function sampleWith(label: 'yaml' | 'sh' | 'ts', part: string): string {
  const sample = samplesIn(section, label).find((text) => text.includes(part));
  if (sample === undefined) throw new Error(`the README shows no ${label} with ${part}`);
  return sample;
}

/** The command of the README's ten minutes that contains a text. */
export function commandWith(part: string): string {
  const line = sampleWith('sh', part)
    .split('\n')
    .find((text) => text.includes(part));
  return line ?? '';
}

/** A sample with other words in the place of some of its own. Throws for words that the sample does not have. */
export function withInstead(sample: string, instead: Readonly<Record<string, string>>): string {
  let text = sample;
  for (const [words, other] of Object.entries(instead)) {
    if (!text.includes(words)) throw new Error(`${words} does not stand in the sample:\n${sample}`);
    text = text.replaceAll(words, other);
  }
  return text;
}
