import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let key: string;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  owner = await registerOwner(app);
  key = await makeKey(app, owner, ['credit:spend', 'credit:read']);
});

const held = async (ttlSeconds = 60): Promise<string> =>
  (await app.rest('POST', '/v1/credits/holds', { body: { amount: 10, ttlSeconds }, bearer: key })).body.id;
const extend = (holdId: string, ttlSeconds: unknown, headers: Record<string, string> = {}) =>
  app.rest('POST', `/v1/credits/holds/${holdId}/extend`, { body: { ttlSeconds }, bearer: key, headers });
const secondsLeft = ({ expiresAt }: { expiresAt: string }) =>
  Math.round((Date.parse(expiresAt) - app.api.clock().getTime()) / 1000);

describe('extending a hold', () => {
  it('lets it live for at most a day from now, over both transports, and says so in the audit', async () => {
    const holdId = await held();
    const extended = await extend(holdId, 86_400);
    expect(extended.body).toMatchObject({ id: holdId, status: 'open', amount: 10 });
    expect(secondsLeft(extended.body)).toBe(86_400);
    for (const ttlSeconds of [9, 86_401, 60.5, '60', null, undefined])
      expect(verdictOf(await extend(holdId, ttlSeconds))).toBe('400 invalid_input');
    const other = await held();
    const overTrpc = await app.trpc('credit.extend', { holdId: other, ttlSeconds: 900 }, { bearer: key });
    expect(verdictOf(overTrpc)).toBe('ok');
    const audit = await app.database.query(
      'select action, subject_id, facts from audit_entry where account_id = $1 order by at desc, id desc limit 2',
      [owner.accountId],
    );
    expect(audit).toMatchObject([
      { action: 'credit.extend', subject_id: other, facts: { ttlSeconds: '900' } },
      { action: 'credit.extend', subject_id: holdId, facts: { ttlSeconds: '86400' } },
    ]);
  });

  it('answers a repeated call with its key once, and is refused once the hold is resolved', async () => {
    const holdId = await held();
    const once = { 'idempotency-key': 'one' };
    const first = await extend(holdId, 600, once);
    app.passSeconds(30);
    const again = await extend(holdId, 600, once);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    app.passSeconds(570);
    expect(verdictOf(await extend(holdId, 600))).toBe('409 hold_resolved');
    app.passSeconds(-600);
  });

  it('needs the scope to spend, and a standing that may hold', async () => {
    const holdId = await held();
    const reader = await makeKey(app, owner, ['credit:read']);
    const path = `/v1/credits/holds/${holdId}/extend`;
    const call = (bearer: string) => app.rest('POST', path, { body: { ttlSeconds: 600 }, bearer });
    expect(verdictOf(await call(reader))).toBe('403 scope_missing');
    app.passSeconds(15 * 86_400);
    expect(verdictOf(await call(key))).toBe('402 trial_expired');
    app.passSeconds(-15 * 86_400);
  });

  it('raced with settles, releases and the sweep leaves each hold resolved once', async () => {
    const holds = await Promise.all(Array.from({ length: 20 }, () => held()));
    const outcomes = await runConcurrently(60, 30, async (index) => {
      const holdId = holds[index % 20] ?? '';
      if (index % 3 === 0) return verdictOf(await extend(holdId, 900));
      const path = `/v1/credits/holds/${holdId}/${index % 3 === 1 ? 'settle' : 'release'}`;
      const body = index % 3 === 1 ? { amount: 3 } : {};
      return verdictOf(await app.rest('POST', path, { body, bearer: key }));
    });
    expect(Object.keys(outcomes).toSorted()).toEqual(['409 hold_resolved', 'ok']);
    const credits = (await app.rest('GET', '/v1/credits', { bearer: key })).body;
    expect(credits).toMatchObject({ held: 0, granted: 1000 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });
});
