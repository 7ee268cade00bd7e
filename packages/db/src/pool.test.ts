import { type TwoAccounts, openTwoAccounts, testCall } from '@tenantry/testing/two-accounts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from './sql.ts';

let two: TwoAccounts;
beforeAll(async () => {
  two = await openTwoAccounts();
});
afterAll(() => two.close());

describe('the pool', () => {
  it('never lets one transaction see the account of another (B6)', async () => {
    const wrong: string[] = [];
    const look = async (index: number): Promise<void> => {
      const { accountId, siteId } = index % 2 === 0 ? two.own : two.foreign;
      await two.database.api.inAccount.write({ accountId }, testCall, async (tx) => {
        await rows(tx, 'select pg_sleep($1)', [(index % 5) / 1000]);
        const sites = await rows<{ id: string }>(tx, 'select id from site');
        if (sites.length !== 1 || sites[0]?.id !== siteId) wrong.push(`${index}: ${JSON.stringify(sites)}`);
        if (index % 20 === 0) throw new Error('cut');
      });
    };
    const done = await Promise.allSettled(Array.from({ length: 600 }, (_, index) => look(index)));
    expect(wrong).toEqual([]);
    expect(done.filter((one) => one.status === 'rejected')).toHaveLength(30);
  });

  it.each(['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const)(
    'bounds statements, locks and idle transactions of %s (B18)',
    async (role) => {
      const client = new pg.Client({ connectionString: two.database.url(role) });
      await client.connect();
      for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
        const asked = await client.query<{ bound: string }>('select current_setting($1) as bound', [name]);
        expect(asked.rows[0]?.bound, name).toMatch(/^[1-9]\d*s$/);
      }
      await client.end();
    },
  );
});
