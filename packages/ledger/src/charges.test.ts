import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@tenantry/db/ids';
import { rows } from '@tenantry/db/sql';
import type { CallInfo } from '@tenantry/db/transaction';
import { loadCharges } from './statements.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

const journal = `insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after,
  hold_id, actor, request_id, hash, facts)
  select $1, gen_random_uuid(), n, now(), 'settle', 'held', 'spent', 1, 0, hold.id, 'test', 'test', '',
    case when n % 100 = 0 then '{"source": "estimated"}' else '{}' end::jsonb
  from generate_series(1, 5000) n, credit_hold hold where hold.account_id = $1`;

it('reads the estimated charges of a hold by their own index, under row security', async () => {
  const [accountId, holdId] = [newId(), newId()];
  await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [accountId]);
  await app.query(
    `insert into credit_hold (account_id, id, amount, status, expires_at, created_at) values ($1, $2, 1, 'open', now(), now())`,
    [accountId, holdId],
  );
  await app.query(journal, [accountId]);
  await app.query('analyze ledger_entry');
  const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
  await app.api.inAccount.write({ accountId }, callInfo, async (tx) => {
    const ask = (text: string) => rows(tx, text, [accountId, [holdId]]);
    expect(await ask(loadCharges.text)).toHaveLength(50);
    const plan = JSON.stringify(await ask(`explain ${loadCharges.text}`));
    expect(plan).toContain('ledger_entry_estimated');
    expect(plan).toContain('ledger_entry_reverses_once');
    expect(plan).not.toContain('Seq Scan on ledger_entry');
  });
});
