import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..');
const senders = globSync('**/*.ts', { cwd: folder })
  .filter((file) => !/\.(?:test|fixture)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  .filter(({ text }) => text.includes('emails.send('));

/** The notice of a change that a counted e-mail asked for; the token of that e-mail sends it once. */
const afterCounted = join('me', 'confirm-email.ts');

test('every e-mail is composed, so that it quotes names, and is counted for its mailbox', () => {
  expect(senders.length).toBeGreaterThanOrEqual(3);
  const loose = senders.filter(
    ({ file, text }) =>
      !/\bcompose(?:Email|Notice)\(/.test(text) ||
      (file !== afterCounted && !/\b(?:countEmail|beginEmailToken)\(/.test(text)),
  );
  expect(loose.map(({ file }) => file)).toEqual([]);
});
