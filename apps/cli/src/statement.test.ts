import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { csvParts } from '@tenantry/testing/statements';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let database: TestDatabase;
let folder: string;
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'tenantry-statement-'));
  for (const [name, content] of csvParts({ text: 'one' }, { text: 'two' }))
    await writeFile(path(name), content);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const run = (...words: string[]) =>
  runTenantry(['statement', 'import', ...words], { MIGRATION_DATABASE_URL: database.url('tenantry_owner') });

describe('tenantry statement import', () => {
  it('puts the lines of a file in the queue, once, and leaves a security event', async () => {
    for (const _time of [1, 2]) {
      const { code, text } = await run(path('file'), '--mapping', path('mapping'));
      expect([code, text]).toEqual([0, '2 lines, of which 2 are new.']);
    }
    expect(await database.query('select status from provider_event')).toEqual([
      { status: 'waiting' },
      { status: 'waiting' },
    ]);
    const events = await database.query("select actor from security_event where action = 'statement.import'");
    expect(events[0]).toEqual({ actor: 'system:cli' });
  });

  it('says what is wrong with a file and with a mapping, and writes nothing', async () => {
    await writeFile(path('bomb'), '<!DOCTYPE a><a/>');
    await writeFile(path('odd'), '{"delimiter": ":"}');
    await writeFile(path('text'), 'no json');
    const before = await database.query('select count(*) from statement_file');
    const refused = [
      [await run(path('bomb')), 'line 1: has a document type'],
      [await run(path('file')), 'needs a mapping'],
      [await run(path('file'), '--mapping', path('odd')), 'delimiter'],
      [await run(path('file'), '--mapping', path('text')), 'is not JSON'],
      [await run(path('missing')), 'ENOENT'],
    ] as const;
    for (const [{ code, text }, reason] of refused) {
      expect(code).not.toBe(0);
      expect(text).toContain(reason);
    }
    expect(await database.query('select count(*) from statement_file')).toEqual(before);
  });
});
