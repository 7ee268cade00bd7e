import { setTimeout } from 'node:timers/promises';
import { isRefusal } from '@tenantry/domain/refusals';
import { expireCredits } from '@tenantry/services/credit/expire';
import { holdCredits } from '@tenantry/services/credit/hold';
import { settleHold } from '@tenantry/services/credit/settle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { randomOf } from '../random.ts';
import { type Environment, openEnvironment } from './environment.ts';

const races = 1000;
const seed = Number(process.env['RACES_SEED'] ?? Date.now() % 1e9);
const ttlSeconds = 10;

let environment: Environment;
beforeAll(async () => {
  environment = await openEnvironment();
});
afterAll(() => environment.close());

async function holdTwo(accountId: string): Promise<string> {
  const { ledgers, callInfo } = environment;
  const input = { amount: 2, ttlSeconds, metadata: {} };
  const held = await ledgers[0].change(accountId, { service: holdCredits, input, callInfo: callInfo() });
  if (typeof held !== 'object' || !('id' in held)) throw new Error('No hold was made.');
  return held.id;
}

/** How a settle of one credit ended, in one process or the other. */
async function settleOne(process: 0 | 1, accountId: string, holdId: string): Promise<string> {
  const { ledgers, callInfo } = environment;
  const input = { holdId, amount: 1, allowExcess: false, usageSource: 'reported' } as const;
  const request = { service: settleHold, input, callInfo: callInfo() };
  const answer = await ledgers[process].change(accountId, request);
  if (isRefusal(answer)) return answer.refused;
  return 'status' in answer ? answer.status : 'replayed';
}

describe('a hold at the end of its time', () => {
  it('is resolved once, by one of two settles or by a reaper whose clock is ahead: 1,000 races (I3, I8)', async () => {
    const random = randomOf(seed);
    const soon = () => setTimeout(Math.floor(random() * 8));
    const { clock, worker, database } = environment;
    const { id } = await environment.openAccount();
    const tally: Record<string, number> = {};
    for (let race = 0; race < races; race += 1) {
      const holdId = await holdTwo(id);
      // The settles come in the last millisecond; by the reaper's clock the time is over.
      clock.now += ttlSeconds * 1000 - 1;
      const ahead = { ...environment.callInfo(), now: new Date(clock.now + 1) };
      const [first, second] = await Promise.all([
        soon().then(() => settleOne(0, id, holdId)),
        soon().then(() => settleOne(1, id, holdId)),
        expireCredits({ database: worker, ...ahead }),
      ]);
      const outcome = [first, second].toSorted((left, right) => (left < right ? -1 : 1)).join(' and ');
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      clock.now += 1;
    }
    const { 'hold_resolved and settled': paid = 0, 'expired and expired': over = 0 } = tally;
    console.log(
      `races for a hold: ${races}, ${paid} settled, ${over} expired, ${races - paid - over} violated; seed ${seed}`,
    );
    expect(tally).toEqual({ 'hold_resolved and settled': paid, 'expired and expired': over });
    expect([paid, over].every((count) => count > 0)).toBe(true);
    const [books] = await database.query(
      'select available, held, spent from credit_balance where account_id = $1',
      [id],
    );
    expect(books).toMatchObject({ available: String(1000 - paid), held: '0', spent: String(paid) });
    expect(await faultsOfBooks(database, id)).toEqual([]);
  }, 120_000);
});
