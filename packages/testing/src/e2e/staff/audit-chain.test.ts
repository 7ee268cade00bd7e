import { verifyAudit } from '@tenantry/db/audit/verify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
});
afterAll(() => app.close());

const verify = (accountId?: string) => verifyAudit(app.database.admin, accountId);
const rename = (name: string) => app.rest('PATCH', '/v1/account', { body: { name }, bearer: owner.token });
const sql = (text: string, values?: unknown[]) => app.database.query(text, values);

/** Runs a change of the records as the superuser, verifies, and undoes it. */
async function whenTampered(change: string, undo: string) {
  await sql(change);
  const { faults } = await verify();
  await sql(undo);
  return faults;
}

describe('the chain of the records', () => {
  it('has every change of an account in one row, however many come at once', async () => {
    const staff = await signInStaff(app, 'platform_admin');
    await Promise.all([
      ...Array.from({ length: 12 }, (_none, index) => rename(`Account ${index}`)),
      ...Array.from({ length: 4 }, () =>
        app.admin.rest('POST', `/v1/accounts/${owner.accountId}/credits/adjust`, {
          body: { amount: 1, reason: 'Goodwill.' },
          bearer: staff,
        }),
      ),
      ...Array.from({ length: 4 }, () =>
        app.rest('PATCH', '/v1/me', { body: { name: 'Ada' }, bearer: owner.token }),
      ),
    ]);
    const { faults, unchained, records } = await verify();
    expect([faults, unchained]).toEqual([[], 0]);
    expect(records).toBeGreaterThan(20);
    const places = await sql(
      'select sequence::int as place from audit_entry where account_id = $1 order by sequence',
      [owner.accountId],
    );
    expect(places.map((row) => row['place'])).toEqual(places.map((_row, index) => index + 1));
  });

  it('shows a record that was changed, by its account, place and id', async () => {
    const [third] = await sql('select id, actor from audit_entry where account_id = $1 and sequence = 3', [
      owner.accountId,
    ]);
    const id = String(third?.['id']);
    for (const [change, undo] of [
      ["actor = 'user:somebody'", `actor = '${String(third?.['actor'])}'`],
      ['facts = facts || \'{"a": "b"}\'', "facts = facts - 'a'"],
      ["at = at + interval '1 microsecond'", "at = at - interval '1 microsecond'"],
      ["action = action || 'x'", 'action = left(action, -1)'],
    ]) {
      const faults = await whenTampered(
        `update audit_entry set ${change} where id = '${id}'`,
        `update audit_entry set ${undo} where id = '${id}'`,
      );
      const fault = 'was changed, or follows one that was';
      expect(faults, change).toEqual([{ chain: owner.accountId, sequence: 3, id, fault }]);
    }
    expect((await verify()).faults).toEqual([]);
  });

  it('shows a record that is missing in the middle, at the end, and everywhere', async () => {
    const { accountId } = owner;
    const moved = (condition: string) => ({
      change: `create table kept as select * from audit_entry where account_id = '${accountId}' and ${condition};
        delete from audit_entry where account_id = '${accountId}' and ${condition}`,
      undo: 'insert into audit_entry select * from kept; drop table kept',
    });
    for (const [condition, fault] of [
      ['sequence = 3', 'is record 4: record 3 is missing'],
      ['sequence > 5', /^the chain has \d+ records, and 5 were found$/],
      ['true', 'has no record, though its making was one'],
    ] as const) {
      const { change, undo } = moved(condition);
      const [found, ...others] = await whenTampered(change, undo);
      expect([found?.chain, others.length], condition).toEqual([accountId, 0]);
      expect(found?.fault).toMatch(fault);
    }
    expect((await verify(accountId)).faults).toEqual([]);
  });

  it('shows a head that was set back or taken away with the records after it', async () => {
    const { accountId } = owner;
    const faults = await whenTampered(
      `create table kept_head as select * from audit_head where account_id = '${accountId}'; delete from audit_head where account_id = '${accountId}'`,
      'insert into audit_head select * from kept_head; drop table kept_head',
    );
    expect(faults).toMatchObject([{ chain: accountId }]);
  });

  it('covers the security events of staff in the same way', async () => {
    const [event] = await sql(
      "select id, stripe, sequence::int as sequence from security_event where action = 'staff.signedIn' limit 1",
    );
    const { id, stripe, sequence } = event ?? {};
    const faults = await whenTampered(
      `update security_event set actor = 'staff:other' where id = '${String(id)}'`,
      `update security_event set actor = (select 'staff:' || staff_id from staff_session order by created_at limit 1) where id = '${String(id)}'`,
    );
    expect(faults).toMatchObject([{ chain: String(stripe), sequence, id }]);
    expect((await verify()).faults).toEqual([]);
  });

  it('cannot be changed by any role that serves calls', async () => {
    for (const role of ['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const) {
      const client = new pg.Client({ connectionString: app.database.url(role) });
      await client.connect();
      for (const table of ['audit_entry', 'security_event'])
        for (const change of [`update ${table} set actor = 'x'`, `delete from ${table}`])
          await expect(client.query(change), `${role}: ${change}`).rejects.toThrow(/permission denied/);
      await client.end();
    }
  });
});
