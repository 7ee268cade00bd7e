import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows, statement } from './sql.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

const ask = (sql: string, values: readonly unknown[]) =>
  app.api.withoutAccount.read({}, (tx) => rows(tx, statement('test', sql), values));

it('takes parameters in any order and as often as the text names them', async () => {
  expect(await ask('select $2::text as b, $1::int as a, $2::text as again', [1, 'x'])).toEqual([
    { b: 'x', a: 1, again: 'x' },
  ]);
});

it('sends a list as an array, whatever its texts hold', async () => {
  const list = ['a', 'b,"c"', String.raw`d\e`, "f'g", '{h}', '?', '$1', '', 'NULL'];
  expect(await ask('select one from unnest($1::text[]) as one', [list])).toEqual(
    list.map((one) => ({ one })),
  );
  expect(await ask('select cardinality($1::uuid[]) as count', [[]])).toEqual([{ count: 0 }]);
});
