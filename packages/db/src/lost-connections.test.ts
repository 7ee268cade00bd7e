import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openOrm } from './orm.ts';
import { rows } from './sql.ts';
import { type Database, openDatabase } from './transaction.ts';

let app: TestDatabase;
let database: Database;
beforeAll(async () => {
  app = await openTestDatabase();
  database = openDatabase(await openOrm(app.url('tenantry_api'), 1));
});
afterAll(async () => {
  await database.close();
  await app.close();
});

/** A transaction whose connection is cut while it works. */
function cutTransaction(): Promise<unknown> {
  return database.withoutAccount.read({}, async (tx) => {
    const [backend] = await rows<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
    await app.query('select pg_terminate_backend($1)', [backend?.pid]);
    return rows(tx, 'select 1');
  });
}

it('a transaction that loses its connection gives its place in the pool back', async () => {
  for (let lost = 0; lost < 3; lost += 1) await expect(cutTransaction()).rejects.toThrow();
  const found = await database.withoutAccount.read({}, (tx) => rows(tx, 'select 1 as one'));
  expect(found).toEqual([{ one: 1 }]);
}, 10_000);
