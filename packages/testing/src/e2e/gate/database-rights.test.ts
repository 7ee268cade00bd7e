import { storedCatalogue } from '@tenantry/db/catalogue/apply';
import { refuseUnsafe } from '@tenantry/db/doctor';
import { newId } from '@tenantry/db/ids';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { openTestDatabase } from '../../database.ts';
import { openWorld } from '../../fixture.ts';
import { addFreePlan } from '../../plan.ts';
import { callProcedure, procedures } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { registerSandbox } from '../../sandbox.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type Wire, openWire } from '../../statement-recorder.ts';
import { rightsUsed } from '../../used-rights.ts';
import { makeKey, registerOwner, signInStaff } from '../../users.ts';

let wire: Wire;
let app: TestApp;
beforeAll(async () => {
  const database = await openTestDatabase();
  wire = await openWire(database.url('tenantry_api'));
  app = await openTestApp({ databaseUrl: wire.url, listenDatabaseUrl: wire.url }, database);
});
afterAll(async () => {
  await app.close();
  await wire.close();
});

async function granted(): Promise<string[]> {
  const rows = await app.database.query(
    `select distinct relname || ' ' || privilege_type as name from (
       select c.relname, a.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace,
         aclexplode(c.relacl) a where n.nspname = 'public' and a.grantee = 'tenantry_api'::regrole
       union all select c.relname, a.privilege_type from pg_attribute t join pg_class c on c.oid = t.attrelid,
         aclexplode(t.attacl) a where a.grantee = 'tenantry_api'::regrole) rights order by 1`,
  );
  return rows.map((row) => String(row['name']));
}

const post = (path: string, body: unknown, bearer?: string, headers = {}) =>
  app.rest('POST', `/v1${path}`, { body, bearer, headers });

/** A second factor from its first code to its end. */
async function useSecondFactor(): Promise<void> {
  const owner = await registerOwner(app);
  await app.database.query('update app_user set email_verified_at = now() where id = $1', [owner.userId]);
  const { secret } = (await post('/me/totp', { password: owner.password }, owner.token)).body;
  const code = generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });
  const confirmed = await post('/me/totp/confirm', { code }, owner.token);
  const [first, second] = confirmed.body.recoveryCodes;
  await post('/sessions', { email: owner.email, password: owner.password, totpCode: first });
  const ended = await post('/me/totp/disable', { code: second, password: owner.password }, owner.token);
  expect(ended.status).toBe(200);
}

/** A call with an Idempotency-Key that fails after it has begun, and so frees its key. */
async function failRun(): Promise<void> {
  const owner = await registerOwner(app);
  app.provider.setFault('500');
  const run = { prompt: 'One line.' };
  await post('/operations/write_content/runs', run, owner.token, { 'idempotency-key': 'fails' });
  app.provider.setFault('none');
}

/** A service key that makes an account, and then acts for it by its external id. */
async function useServiceKey(): Promise<void> {
  const { secret } = await insertServiceKey(app);
  const made = await post('/accounts', { name: 'Of a customer', externalId: 'customer-1' }, secret);
  const external = { 'tenantry-external-account': 'customer-1' };
  const read = await app.rest('GET', '/v1/account', { bearer: secret, headers: external });
  expect([made.status, read.status]).toEqual([201, 200]);
}

/** An account that paid more than its invoice: its next one, and a better plan, are paid from its balance, and it owes. */
async function payFromBalance(): Promise<void> {
  const { owner, confirmation } = await submitTransfer(app);
  const finance = await signInStaff(app, 'finance');
  const body = { ...confirmation, amount: 2 * 2900 + 8900 };
  await app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', { body, bearer: finance });
  await app.database.query(
    `insert into owed_credit (account_id, id, at, kind, amount, invoice_id, actor, request_id)
     select account_id, $2, now(), 'owed', 1, id, 'test', 'test' from invoice where account_id = $1 limit 1`,
    [owner.accountId, newId()],
  );
  await addFreePlan(app);
  const change = async (planSlug: string) => {
    const wish = { planSlug, paymentMethod: 'bank_transfer' };
    return (await post('/subscription/change', wish, owner.token)).body.invoice?.status;
  };
  expect(await change('starter')).toBe('paid');
  // A plan that costs nothing is to come, and gives way to the one that the balance pays.
  expect(await change('free')).toBeUndefined();
  expect(await change('growth')).toBe('paid');
}

/** A sandbox account whose trial ends, because its clock is moved. */
async function moveClock(): Promise<void> {
  const { token } = await registerSandbox(app);
  const moved = await post('/test-clock', { advanceSeconds: 30 * 86_400 }, token);
  expect(moved.status).toBe(200);
}

/** A key of a system account that reads its figures, over a server that counts in PostgreSQL. */
async function readMetrics(): Promise<void> {
  const owner = await registerOwner(app);
  await app.database.query('update account set system = true where id = $1', [owner.accountId]);
  const key = await makeKey(app, owner, ['platform:metrics']);
  const counting = await app.openAnother({ throttle: 'on', throttleStore: 'postgres' });
  const read = await counting.rest('GET', '/v1/platform/metrics', { bearer: key });
  await counting.close();
  expect(read.status).toBe(200);
}

describe('the role of the API', () => {
  it('has no right on a table that no code of the API uses', async () => {
    for (const { name } of procedures.api.values()) {
      const world = await openWorld(app, 'World');
      const headers = { authorization: `Bearer ${world.owner.token}`, 'idempotency-key': 'once' };
      await callProcedure(app, 'rest', { name, input: rightInputs('api', name, world), headers });
    }
    await useSecondFactor();
    await failRun();
    // A credential of an impersonation is looked up, whether or not there is one.
    await app.rest('GET', '/v1/account', { bearer: `tni_${'x'.repeat(43)}` });
    await readMetrics();
    await useServiceKey();
    await payFromBalance();
    await moveClock();
    await refuseUnsafe(wire.url);
    // `tenantry doctor` looks at the catalogue in the role that the processes have.
    await storedCatalogue(wire.url);
    await app.api.background.settle();
    await app.api.keyUses.flush();
    const used = rightsUsed(wire.take());
    const all = await granted();
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter((right) => !used.has(right))).toEqual([]);
  }, 600_000);

  it('is not found to use a right by a statement that only names a table', () => {
    const used = (text: string) => [...rightsUsed([{ text }])].toSorted();
    expect(used('select 1 from "site" as "s0" where name = $1')).toEqual(['site SELECT']);
    expect(used('update "site" set name = $1')).toEqual(['site SELECT', 'site UPDATE']);
    expect(used('select id from account for no key update')).toEqual(['account SELECT', 'account UPDATE']);
    expect(used('insert into a_b (x) values (1)')).toEqual(['a_b INSERT']);
    expect(used('with gone as (delete from a returning id) select id from gone')).toEqual([
      'a DELETE',
      'a SELECT',
      'gone SELECT',
    ]);
  });
});
