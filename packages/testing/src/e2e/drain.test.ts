import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../books.ts';
import { type TestHouse, openTestHouse } from '../house.ts';
import { registerOwner } from '../people.ts';
import { callProcedure, verdictOf } from '../procedures.ts';
import { startApiProcess } from '../process.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe('an API that is told to end while runs are under way', () => {
  it('ends its streams with what they cost, gives whole runs back, and leaves no hold (M7)', async () => {
    const owner = await registerOwner(house);
    const api = await startApiProcess(house);
    const headers = { authorization: `Bearer ${owner.token}` };
    const input = { operation: 'write_content', prompt: 'Write one sentence about tea.' };
    const asked = house.provider.requestCount();
    const asks = () => expect.poll(() => house.provider.requestCount(), { timeout: 15_000 });
    house.provider.setFault('stall');
    const streams = (['rest', 'trpc'] as const).map((transport) =>
      callProcedure(api, transport, { name: 'operation.stream', input, headers }),
    );
    await asks().toBe(asked + 2);
    house.provider.setFault('slow');
    const whole = callProcedure(api, 'rest', { name: 'operation.run', input, headers });
    await asks().toBe(asked + 3);
    const credits = async () => (await house.rest('GET', '/v1/credits', { bearer: owner.token })).body;
    expect((await credits()).held).toBeGreaterThan(0);
    api.signal('SIGTERM');
    const ended = await Promise.all(streams);
    expect(verdictOf(await whole)).toBe('503 unavailable');
    expect(await api.ended).toBe(0);
    let charged = 0;
    for (const { body } of ended) {
      const last = body.events.at(-1);
      expect(body.events.length).toBeGreaterThan(2);
      expect(last).toMatchObject({ event: 'failed', code: 'unavailable' });
      expect(last.credits.charged).toBeGreaterThan(0);
      charged += last.credits.charged;
    }
    expect(await credits()).toMatchObject({ held: 0, spent: charged, available: 1000 - charged });
    expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
  }, 60_000);
});
