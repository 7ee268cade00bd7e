import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../caller.ts';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

/** Accounts that lose a key, their standing and their sessions; `npm run test:long` uses more. */
const trials = Math.ceil(Number(process.env['REVOCATION_TRIALS'] ?? 100) / 3);

let app: TestApp;
let second: RunningApi;
let staff: string;
beforeAll(async () => {
  app = await openTestApp({ trustedProxies: ['127.0.0.1'] });
  // Nothing listens there: a Redis that is dead must not matter.
  second = await app.openAnother({ redisUrl: 'redis://127.0.0.1:1', throttle: 'on' });
  staff = await signInStaff(app, 'platform_admin');
  await vi.waitUntil(() => isWarm(app));
});
afterAll(async () => {
  await second.close();
  await app.close();
});

let asked = 0;

/**
 * Reads with a credential, each time from another address: a refused credential takes a point of the throttle of its
 * address.
 */
function read(api: RunningApi, bearer: string): Promise<Answer> {
  asked += 1;
  const headers = { 'x-forwarded-for': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}` };
  return api.rest('GET', '/v1/credits', { bearer, headers });
}

/** Whether a second call of the same session is answered from the cache. */
async function isWarm(api: TestApp): Promise<boolean> {
  const owner = await registerOwner(api);
  await api.rest('GET', '/v1/sites', { bearer: owner.token });
  return api.api.authentication.accessCache.account(owner.accountId) instanceof Promise === false;
}

/**
 * Milliseconds from a commit until every process refuses. Without notifications the cache would expire after five
 * seconds.
 */
async function millisecondsUntilRefused(bearer: string, verdict: string): Promise<number> {
  const began = performance.now();
  for (const api of [app, second])
    while (verdictOf(await read(api, bearer)) !== verdict)
      if (performance.now() - began > 4000) throw new Error(`no ${verdict} after four seconds`);
  return performance.now() - began;
}

async function warm(owner: Owner, key: string): Promise<void> {
  for (const api of [app, second])
    for (const bearer of [owner.token, key]) expect(verdictOf(await read(api, bearer))).toBe('ok');
}

describe('a change that must be known everywhere', () => {
  it('reaches two processes long before their caches end: 100 suspensions and revocations', async () => {
    const waits: number[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const owner = await registerOwner(app);
      // The second process throttles, through its dead Redis; a plan without limits lets the test ask until it is
      // refused.
      await app.database.query(
        "update subscription set plan_id = (select id from plan where slug = 'unthrottled') where account_id = $1",
        [owner.accountId],
      );
      const key = await makeKey(app, owner, ['credit:read']);
      await warm(owner, key);
      const listed = await app.rest('GET', '/v1/api-keys', { bearer: owner.token });
      await app.rest('DELETE', `/v1/api-keys/${listed.body.items[0].id}`, { bearer: owner.token });
      waits.push(await millisecondsUntilRefused(key, '401 unauthenticated'));
      const path = `/v1/accounts/${owner.accountId}`;
      await app.admin.rest('POST', `${path}/suspend`, { body: { reason: 'x' }, bearer: staff });
      waits.push(await millisecondsUntilRefused(owner.token, '403 account_suspended'));
      await app.admin.rest('POST', `${path}/reactivate`, { body: { reason: 'x' }, bearer: staff });
      await expect.poll(async () => verdictOf(await read(second, owner.token))).toBe('ok');
      await app.database.query("update subscription set status = 'expired' where account_id = $1", [
        owner.accountId,
      ]);
      const spend = () =>
        second.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token });
      await expect
        .poll(async () => verdictOf(await spend()), { interval: 2 })
        .toBe('402 subscription_expired');
      await app.rest('DELETE', '/v1/sessions', { bearer: owner.token });
      waits.push(await millisecondsUntilRefused(owner.token, '401 unauthenticated'));
    }
    const sorted = waits.toSorted((a, b) => a - b);
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
    console.log(
      `revocation over two processes: ${waits.length} attempted / 0 violated, p99 ${p99.toFixed(0)} ms`,
    );
  }, 900_000);

  it('is read from the database while a process has lost its listener', async () => {
    const owner = await registerOwner(app);
    await read(app, owner.token);
    const client = new pg.Client({ connectionString: app.database.url('postgres') });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tenantry listener' and datname = current_database()",
    );
    await expect
      .poll(() => app.api.authentication.accessCache.account(owner.accountId) instanceof Promise, {
        interval: 1,
      })
      .toBe(true);
    await client.query("update account set status = 'suspended' where id = $1", [owner.accountId]);
    expect(verdictOf(await read(app, owner.token))).toBe('403 account_suspended');
    await expect
      .poll(async () => {
        await read(app, owner.token);
        return app.api.authentication.accessCache.account(owner.accountId) instanceof Promise;
      })
      .toBe(false);
    await client.end();
  });

  it('is known within five seconds also where the listener has fallen silent without a word', async () => {
    const owner = await registerOwner(app);
    for (const api of [app, second]) await read(api, owner.token);
    const silent = await app.database.query(
      "select pid from pg_stat_activity where application_name = 'tenantry listener' and datname = current_database()",
    );
    expect(silent).toHaveLength(2);
    const pids = silent.map(({ pid }) => Number(pid));
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const began = performance.now();
      await app.database.query("update account set status = 'suspended' where id = $1", [owner.accountId]);
      for (const api of [app, second])
        await expect
          .poll(async () => verdictOf(await read(api, owner.token)), { interval: 20, timeout: 10_000 })
          .toBe('403 account_suspended');
      expect(performance.now() - began).toBeLessThan(5000);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
  });

  it('needs no query when nothing changed: the cache has all that the gate reads', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:read']);
    const facts = app.api.authentication.accessCache;
    await read(app, key);
    const keyId = key.split('_')[2] ?? '';
    expect(facts.key(keyId)).not.toBeInstanceOf(Promise);
    expect(facts.account(owner.accountId)).not.toBeInstanceOf(Promise);
  });
});
