import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailedTypes } from '@tenantry/domain/outbox/mail';
import { messageTypes } from '@tenantry/domain/outbox/messages';
import { expect, test } from 'vitest';

const packages = join(import.meta.dirname, '../../..');
const sources = ['services/src/**/*.ts', 'ledger/src/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: packages }))
  .filter((file) => !/\.(?:test|fixture)\.ts$/.test(file) && !file.endsWith('email/notice.ts'))
  .map((file) => readFileSync(join(packages, file), 'utf8'));

test('every type of message is sent by a service or the ledger, and each mailed one is of the list', () => {
  const unsent = messageTypes.filter((type) => !sources.some((text) => text.includes(`'${type}'`)));
  expect(unsent).toEqual([]);
  expect(mailedTypes.filter((type) => !messageTypes.includes(type))).toEqual([]);
});
