import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { registerOwner } from '../../users.ts';
import { callProcedure, verdictOf } from '../../procedures.ts';
import { startApiProcess } from '../../process.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('an API that is shut down during runs', () => {
  it('ends its streams with what they cost, charges nothing for unfinished whole runs, and leaves no open hold (M7)', async () => {
    const owner = await registerOwner(app);
    const api = await startApiProcess(app);
    const headers = { authorization: `Bearer ${owner.token}` };
    const input = { operation: 'write_content', prompt: 'Write one sentence about tea.' };
    const asked = app.provider.requestCount();
    const asks = () => expect.poll(() => app.provider.requestCount(), { timeout: 15_000 });
    app.provider.setFault('stall');
    const streams = (['rest', 'trpc'] as const).map((transport) =>
      callProcedure(api, transport, { name: 'operation.stream', input, headers }),
    );
    await asks().toBe(asked + 2);
    app.provider.setFault('slow');
    const whole = callProcedure(api, 'rest', { name: 'operation.run', input, headers });
    await asks().toBe(asked + 3);
    const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
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
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  }, 60_000);
});
