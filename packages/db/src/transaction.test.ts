import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { addMembership } from '@tenantry/testing/memberships';
import { type TwoAccounts, openTwoAccounts, testCall } from '@tenantry/testing/two-accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { insertSite, listSites } from './site/queries.ts';
import { rows } from './sql.ts';
import type { Transaction } from './transaction.ts';

let two: TwoAccounts;
beforeAll(async () => {
  two = await openTwoAccounts();
});
afterAll(() => two.close());

const readOnly = { code: '25006' };
const newSite = () => ({ id: newId(), name: 'Another site', domain: null });
const sitesOfOwn = () =>
  two.database.query('select name from site where account_id = $1', [two.own.accountId]);
const settings = (tx: Transaction) =>
  rows<{ account: string; person: string; presented: string }>(
    tx,
    `select coalesce(current_setting('app.account', true), '') as account, coalesce(current_setting('app.user', true), '') as person,
      coalesce(current_setting('app.presented', true), '') as presented`,
  );

describe('a transaction that reads', () => {
  it('in an account cannot write', async () => {
    const scope = { accountId: two.own.accountId };
    const attempt = two.database.api.inAccount.read(scope, testCall, (tx) => insertSite(tx, newSite()));
    await expect(attempt).rejects.toMatchObject(readOnly);
    expect(await sitesOfOwn()).toHaveLength(1);
  });

  it('without an account cannot write', async () => {
    const key = 'a key';
    const sql = 'insert into sign_in_guard (guard_key, failures, began_at) values ($1, 1, now())';
    const attempt = two.database.api.withoutAccount.read({ presented: key }, (tx) => rows(tx, sql, [key]));
    await expect(attempt).rejects.toMatchObject(readOnly);
    await two.database.api.withoutAccount.write({ presented: key }, (tx) => rows(tx, sql, [key]));
    expect(await two.database.query('select guard_key from sign_in_guard')).toEqual([{ guard_key: key }]);
  });

  it('cannot be made one that writes', async () => {
    const attempt = two.database.api.withoutAccount.read({}, (tx) => rows(tx, 'set transaction read write'));
    await expect(attempt).rejects.toMatchObject({ code: '25001' });
  });
});

describe('a transaction that writes', () => {
  it('is rolled back by a refusal, which is returned', async () => {
    const answer = await two.asOwn(async (tx) => {
      await insertSite(tx, newSite());
      return refuse('conflict');
    });
    expect(isRefusal(answer)).toBe(true);
    expect(await sitesOfOwn()).toHaveLength(1);
  });

  it('is rolled back by an error, which is thrown', async () => {
    const attempt = two.asOwn(async (tx) => {
      await insertSite(tx, newSite());
      throw new Error('stopped');
    });
    await expect(attempt).rejects.toThrow('stopped');
    expect(await sitesOfOwn()).toHaveLength(1);
  });

  it('without an account is rolled back by a refusal', async () => {
    const key = 'another key';
    const answer = await two.database.api.withoutAccount.write({ presented: key }, async (tx) => {
      await rows(tx, 'insert into sign_in_guard (guard_key, failures, began_at) values ($1, 1, now())', [
        key,
      ]);
      return refuse('conflict');
    });
    expect(isRefusal(answer)).toBe(true);
    expect(await two.database.query('select 1 from sign_in_guard where guard_key = $1', [key])).toEqual([]);
  });
});

describe('a transaction without an account', () => {
  it('sees no row of any table with an account, but those of directories that it is for (B4)', async () => {
    const tables = await two.database.query(`select relname from pg_class
      join pg_attribute on attrelid = pg_class.oid and attname = 'account_id' and not attisdropped
      where relkind = 'r' and relnamespace = 'public'::regnamespace
      and has_table_privilege('tenantry_api', pg_class.oid, 'select')`);
    expect(tables.length).toBeGreaterThan(15);
    for (const table of [...tables.map(({ relname }) => String(relname)), 'account', 'app_user', 'session']) {
      const seen = await two.database.api.withoutAccount.read({ userId: newId() }, (tx) =>
        rows(tx, `select 1 from ${table}`),
      );
      expect(seen, table).toEqual([]);
    }
  });

  it('sees the accounts of the user that it is for, and of nobody else', async () => {
    const [own, other] = [newId(), newId()];
    for (const [id, accountId] of [
      [own, two.own.accountId],
      [other, two.foreign.accountId],
    ]) {
      await two.database.query(
        "insert into app_user (id, email, email_digest, password_hash, created_at) values ($1, $2, $2, 'none', now())",
        [id, `${id}@example.test`],
      );
      await addMembership(two.database, { accountId: String(accountId), userId: String(id), role: 'viewer' });
    }
    const accountsOf = (userId: string) =>
      two.database.api.withoutAccount.read({ userId }, (tx) =>
        rows(tx, 'select account_id from membership_directory'),
      );
    expect(await accountsOf(own)).toEqual([{ account_id: two.own.accountId }]);
    expect(await accountsOf(other)).toEqual([{ account_id: two.foreign.accountId }]);
  });
});

describe('whom a transaction is for', () => {
  it('is what its scope says, whatever characters that holds', async () => {
    const presented = `it's "a" \\ $1 value'; reset app.account; --`;
    const scope = { accountId: two.own.accountId, userId: newId(), presented };
    const seen = await two.database.api.inAccount.read(scope, testCall, settings);
    expect(seen).toEqual([{ account: scope.accountId, person: scope.userId, presented }]);
  });

  it('ends with the transaction, also on a connection that goes back to the pool', async () => {
    for (let round = 0; round < 5; round += 1) {
      const scope = { accountId: two.own.accountId, userId: newId(), presented: 'a digest' };
      await two.database.api.inAccount.write(scope, testCall, (tx) => listSites(tx, { limit: 1 }));
      const seen = await two.database.api.withoutAccount.write({}, settings);
      expect(seen).toEqual([{ account: '', person: '', presented: '' }]);
    }
  });
});
