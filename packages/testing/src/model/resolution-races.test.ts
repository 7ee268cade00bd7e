import { setTimeout } from 'node:timers/promises';
import { isRefusal } from '@tenantry/domain/refusals';
import { expireCredits } from '@tenantry/services/credit/expire';
import { holdCredits } from '@tenantry/services/credit/hold';
import { settleHold } from '@tenantry/services/credit/settle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { randomOf } from '../random.ts';
import { type Stage, openStage } from './stage.ts';

const races = 1000;
const seed = Number(process.env['RACES_SEED'] ?? Date.now() % 1e9);
const ttlSeconds = 10;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function holdTwo(accountId: string): Promise<string> {
  const request = { service: holdCredits, input: { amount: 2, ttlSeconds, metadata: {} } };
  const held = await stage.ledger[0].change(accountId, { ...request, callInfo: stage.callInfo() });
  if (typeof held !== 'object' || !('id' in held)) throw new Error('there was no hold');
  return held.id;
}

/** What a settle of one credit came to, in one process or the other. */
async function settleOne(process: 0 | 1, accountId: string, holdId: string): Promise<string> {
  const request = { service: settleHold, input: { holdId, amount: 1 } };
  const answer = await stage.ledger[process].change(accountId, { ...request, callInfo: stage.callInfo() });
  if (isRefusal(answer)) return answer.refused;
  return 'status' in answer ? answer.status : 'replayed';
}

describe('a hold at the end of its time', () => {
  it('is resolved once, by one of two settles or by a reaper whose clock is ahead: 1,000 races (I3, I8)', async () => {
    const random = randomOf(seed);
    const soon = () => setTimeout(Math.floor(random() * 8));
    const { id } = await stage.openAccount();
    const tally: Record<string, number> = {};
    for (let race = 0; race < races; race += 1) {
      const holdId = await holdTwo(id);
      // The settles come in the last thousandth of a second; by the reaper's clock it is over.
      stage.clock.now += ttlSeconds * 1000 - 1;
      const ahead = { ...stage.callInfo(), now: new Date(stage.clock.now + 1) };
      const [left, right] = await Promise.all([
        soon().then(() => settleOne(0, id, holdId)),
        soon().then(() => settleOne(1, id, holdId)),
        expireCredits({ database: stage.worker, callInfo: ahead }),
      ]);
      const outcome = [left, right].toSorted((one, other) => (one < other ? -1 : 1)).join(' and ');
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      stage.clock.now += 1;
    }
    const { 'hold_resolved and settled': paid = 0, 'expired and expired': over = 0 } = tally;
    console.log(
      `races for a hold: ${races}, ${paid} settled, ${over} expired, ${races - paid - over} violated; seed ${seed}`,
    );
    expect(tally).toEqual({ 'hold_resolved and settled': paid, 'expired and expired': over });
    expect([paid, over].every((count) => count > 0)).toBe(true);
    const [books] = await stage.database.query(
      'select available, held, spent from credit_balance where account_id = $1',
      [id],
    );
    expect(books).toMatchObject({ available: String(1000 - paid), held: '0', spent: String(paid) });
    expect(await faultsOfBooks(stage.database, id)).toEqual([]);
  }, 120_000);
});
