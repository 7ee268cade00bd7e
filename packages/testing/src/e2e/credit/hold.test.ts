import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import type { Caller } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { randomOf } from '../../random.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const firstSeed = Number(process.env['CREDITS_SEED'] ?? Math.floor(Math.random() * 1e9));
const seeds = [firstSeed, firstSeed + 1, firstSeed + 2];
const [attempts, width, credits] = [3000, 50, 1000];

/** Accounts that share 1,000 available credits, each with the credentials of its callers. */
function openAccounts(count: number): Promise<{ owner: Owner; bearers: string[] }[]> {
  const left = credits / count;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const owner = await registerOwner(app);
      const bearers = [owner.token, await makeKey(app, owner, ['credit:spend'])];
      const body = { amount: 1000 - left };
      if (left < 1000) await app.rest('POST', '/v1/credits/holds', { body, bearer: owner.token });
      return { owner, bearers };
    }),
  );
}

/**
 * Asks for three times the credits that the accounts have in all, fifty calls at a time; each account must get exactly
 * its own. The seed decides the order of accounts, processes, transports and credentials.
 */
async function offer(processes: readonly Caller[], count: number, seed: number): Promise<void> {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const accounts = await openAccounts(count);
  const order = Array.from({ length: attempts }, (_none, index) => index % count)
    .map((place) => ({ place, at: random() }))
    .toSorted((left, right) => left.at - right.at);
  const held = accounts.map(() => 0);
  const outcomes = await runConcurrently(attempts, width, async (index) => {
    const place = order[index]?.place ?? 0;
    const call = { bearer: pick(accounts[place]?.bearers ?? []), body: { amount: 1 } };
    const process = pick(processes) ?? app;
    const isRest = random() < 0.5;
    const verdict = verdictOf(
      isRest
        ? await process.rest('POST', '/v1/credits/holds', call)
        : await process.trpc('credit.hold', call.body, call),
    );
    if (verdict === 'ok') held[place] = (held[place] ?? 0) + 1;
    return verdict;
  });
  expect(outcomes).toEqual({ ok: credits, '402 insufficient_credits': attempts - credits });
  expect(new Set(held)).toEqual(new Set([credits / count]));
  for (const { owner } of accounts) {
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    const answer = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(answer.body).toMatchObject({ available: 0, held: 1000, spent: 0 });
  }
  const where = `${count} account${count === 1 ? '' : 's'}, ${processes.length} process${processes.length === 1 ? '' : 'es'}`;
  console.log(`holds on ${where}: ${attempts} attempted, ${credits} held, 0 violated; seed ${seed}`);
}

describe.each(seeds)('accounts with fifty callers at once, mixed by seed %i,', (seed) => {
  it('get exactly 1,000 holds for 3,000 attempts on 1,000 credits of one account (I1, F4)', async () => {
    await offer([app], 1, seed);
  }, 120_000);

  it('get exactly 20 holds each on fifty accounts', async () => {
    await offer([app], 50, seed);
  }, 120_000);

  it('get exactly 1,000 holds on one account across two processes', async () => {
    const second = await app.openAnother();
    await offer([app, second], 1, seed);
    await second.close();
  }, 120_000);
});

describe('a hold', () => {
  it('is resolved once, whichever call is first (I3)', async () => {
    const owner = await registerOwner(app);
    const call = (path: string, body: unknown) => app.rest('POST', path, { body, bearer: owner.token });
    for (let round = 0; round < 20; round += 1) {
      const hold = await call('/v1/credits/holds', { amount: 10 });
      const path = `/v1/credits/holds/${hold.body.id}`;
      const outcomes = await runConcurrently(8, 8, async (index) =>
        verdictOf(
          index % 2 === 0 ? await call(`${path}/settle`, { amount: 3 }) : await call(`${path}/release`, {}),
        ),
      );
      expect(outcomes).toEqual({ ok: 1, '409 hold_resolved': 7 });
    }
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('is not settled above its amount, and returns the exact rest (I2, I4)', async () => {
    const owner = await registerOwner(app);
    const call = (path: string, body: unknown) => app.rest('POST', path, { body, bearer: owner.token });
    const hold = await call('/v1/credits/holds', { amount: 10 });
    expect(verdictOf(await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 11 }))).toBe(
      '422 settle_above_hold',
    );
    const credits = () => app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect((await credits()).body).toMatchObject({ available: 990, held: 10 });
    expect(verdictOf(await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 4 }))).toBe('ok');
    expect((await credits()).body).toMatchObject({ available: 996, held: 0, spent: 4 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('returns its credits when it expires, although no job ran (I7)', async () => {
    const owner = await registerOwner(app);
    const call = (path: string, body: unknown) => app.rest('POST', path, { body, bearer: owner.token });
    const hold = await call('/v1/credits/holds', { amount: 1000, ttlSeconds: 10 });
    expect(verdictOf(await call('/v1/credits/holds', { amount: 1 }))).toBe('402 insufficient_credits');
    app.passSeconds(11);
    const late = await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 400 });
    expect(late.body).toMatchObject({ status: 'expired', settledAmount: 0, unbilledAmount: 400 });
    expect(verdictOf(await call('/v1/credits/holds', { amount: 1000 }))).toBe('ok');
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    app.passSeconds(-11);
  });
});
