import { randomUUID } from 'node:crypto';
import { openTestDatabase } from '@tenantry/testing/database';
import { expect, it } from 'vitest';
import { verifyBooks } from './verify-ledger.ts';

it('reads an account for longer than a call of the worker may take', async () => {
  const database = await openTestDatabase();
  const workerUrl = database.url('tenantry_worker');
  const name = new URL(workerUrl).pathname.slice(1);
  const accountId = randomUUID();
  await database.query(`alter role tenantry_worker in database ${name} set statement_timeout = '200ms'`);
  const locked = database.query(
    'begin; lock table credit_balance in access exclusive mode; select pg_sleep(1); commit',
  );
  const verified = await verifyBooks({ workerUrl }, accountId);
  await locked;
  await database.close();
  expect(verified).toEqual({
    lines: [`✗ account ${accountId}: there are no books`, '1 verified, 1 found.'],
    faults: 1,
  });
});
