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

/** Who sends an offer of a place in an account, which one module composes and counts. */
const offer = join('invitation', 'offer.ts');
const composedBy = new Map([
  [join('invitation', 'create.ts'), offer],
  [join('account', 'create.ts'), offer],
]);

test('every e-mail is composed, so that it quotes names, and is counted for its mailbox', () => {
  expect(senders.length).toBeGreaterThanOrEqual(3);
  const loose = senders.filter(({ file, text }) => {
    const other = composedBy.get(file);
    const composing = other === undefined ? text : readFileSync(join(folder, other), 'utf8');
    return (
      !/\bcompose(?:Email|Notice)\(/.test(composing) ||
      (file !== afterCounted && !/\b(?:countEmail|beginEmailToken)\(/.test(composing))
    );
  });
  expect(loose.map(({ file }) => file)).toEqual([]);
});
