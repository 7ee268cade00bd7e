import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import type { Deed, Records } from '@tenantry/db/transact';
import { takeHold } from '@tenantry/domain/credit/ledger';
import { isRefusal } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../books.ts';
import type { Caller } from '../caller.ts';
import { crowd } from '../crowd.ts';
import { type TestHouse, openTestHouse } from '../house.ts';
import { makeKey, registerOwner } from '../people.ts';
import { verdictOf } from '../procedures.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** Holds one credit of the balance it saw before it had the lock: the mistake that the books must not allow. */
async function naiveHold(records: Records): Promise<string> {
  const before = await loadBooks(records, 'read');
  const id = newId();
  const taken = takeHold(before, 1, { holdId: id, operation: null, siteId: null }, records.now);
  if (isRefusal(taken)) return taken.refused;
  const expiresAt = new Date(records.now.getTime() + 900_000);
  const hold = {
    id,
    amount: 1,
    operation: null,
    siteId: null,
    keyId: null,
    metadata: {},
    expiresAt,
    backings: taken.backings,
  };
  await writeBooks(records, { before, after: taken.books, newHolds: [hold] });
  return 'ok';
}

/** Offers three times what an account has, fifty at a time, to processes in turn; exactly what it has may pass. */
async function offer(processes: readonly Caller[], name: string): Promise<void> {
  const owner = await registerOwner(house);
  const bearer = await makeKey(house, owner, ['credit:spend']);
  const outcomes = await crowd(3000, 50, async (index) => {
    const process = processes[index % processes.length] ?? house;
    return verdictOf(await process.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer }));
  });
  expect(outcomes).toEqual({ ok: 1000, '402 insufficient_credits': 2000 });
  expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
  const credits = await house.rest('GET', '/v1/credits', { bearer: owner.token });
  expect(credits.body).toMatchObject({ available: 0, held: 1000, spent: 0 });
  console.log(`holds on ${name}: 3000 attempted, 1000 held, 0 violated`);
}

describe('the credits of one account, with fifty callers at once', () => {
  it('give 3,000 attempts on 1,000 credits exactly 1,000 holds (I1, F4)', async () => {
    await offer([house], 'one account in one process');
  }, 120_000);

  it('give them across two processes too', async () => {
    const second = await house.openAnother();
    await offer([house, second], 'one account across two processes');
    await second.close();
  }, 120_000);

  it('catch a naive check put in the place of the lock', async () => {
    const { accountId } = await registerOwner(house);
    const deed: Deed = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
    const outcomes = await crowd(400, 20, () =>
      house.database.api.transact({ accountId }, deed, naiveHold).catch(() => 'caught'),
    );
    expect(outcomes['caught']).toBeGreaterThan(0);
    expect(await faultsOfBooks(house.database, accountId)).toEqual([]);
  }, 60_000);

  it('resolve each hold once, whoever comes first (I3)', async () => {
    const owner = await registerOwner(house);
    const call = (path: string, body: unknown) => house.rest('POST', path, { body, bearer: owner.token });
    for (let round = 0; round < 20; round += 1) {
      const hold = await call('/v1/credits/holds', { amount: 10 });
      const path = `/v1/credits/holds/${hold.body.id}`;
      const outcomes = await crowd(8, 8, async (index) =>
        verdictOf(
          index % 2 === 0 ? await call(`${path}/settle`, { amount: 3 }) : await call(`${path}/release`, {}),
        ),
      );
      expect(outcomes).toEqual({ ok: 1, '409 hold_resolved': 7 });
    }
    expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
  });

  it('refuse to settle above the hold, and give back the exact rest (I2, I4)', async () => {
    const owner = await registerOwner(house);
    const call = (path: string, body: unknown) => house.rest('POST', path, { body, bearer: owner.token });
    const hold = await call('/v1/credits/holds', { amount: 10 });
    expect(verdictOf(await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 11 }))).toBe(
      '422 settle_above_hold',
    );
    const credits = () => house.rest('GET', '/v1/credits', { bearer: owner.token });
    expect((await credits()).body).toMatchObject({ available: 990, held: 10 });
    expect(verdictOf(await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 4 }))).toBe('ok');
    expect((await credits()).body).toMatchObject({ available: 996, held: 0, spent: 4 });
    expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
  });

  it('are free again when a hold has run out, though no job ran (I7)', async () => {
    const owner = await registerOwner(house);
    const call = (path: string, body: unknown) => house.rest('POST', path, { body, bearer: owner.token });
    const hold = await call('/v1/credits/holds', { amount: 1000, ttlSeconds: 10 });
    expect(verdictOf(await call('/v1/credits/holds', { amount: 1 }))).toBe('402 insufficient_credits');
    house.passSeconds(11);
    const late = await call(`/v1/credits/holds/${hold.body.id}/settle`, { amount: 400 });
    expect(late.body).toMatchObject({ status: 'expired', settledAmount: 0, unbilledAmount: 400 });
    expect(verdictOf(await call('/v1/credits/holds', { amount: 1000 }))).toBe('ok');
    expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
    house.passSeconds(-11);
  });
});
