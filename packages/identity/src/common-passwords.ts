import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The list names its source and its licence in the lines that begin with `#`. */
const text = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8');
const listed: ReadonlySet<string> = new Set(
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
);

/** Whether a text in lower case is among the passwords that are used most often. */
export function isCommonPassword(password: string): boolean {
  return listed.has(password);
}
