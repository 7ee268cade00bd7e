import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { unthrottle } from '../../plan.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { transports } from '../../procedures.ts';
import { openStream } from './stream.fixture.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(async () => {
  app.provider.setFault('none');
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
});

const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
const settled = () => expect.poll(async () => (await credits()).held, { timeout: 5000 });

describe('a caller that leaves a stream', () => {
  it.each([
    ['stall', 'rest'],
    ['late_stall', 'rest'],
    ['stall', 'trpc'],
  ] as const)('pays for what was delivered, and no more (I10): %s over %s', async (fault, transport) => {
    owner = await registerOwner(app);
    app.provider.setFault(fault);
    const controller = new AbortController();
    await openStream(app, owner, controller.signal, transport);
    expect((await credits()).held).toBeGreaterThan(0);
    controller.abort();
    await settled().toBe(0);
    expect((await credits()).spent).toBeGreaterThan(0);
  });

  it('is charged once and at most its hold, a hundred times in a row', async () => {
    owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    app.provider.setFault('stall');
    const outcomes = await runConcurrently(100, 10, async () => {
      const controller = new AbortController();
      const reader = await openStream(app, owner, controller.signal).catch(() => undefined);
      controller.abort();
      await reader?.cancel().catch(() => undefined);
      return reader === undefined ? 'refused' : 'left';
    });
    await settled().toBe(0);
    const { spent, available, granted, expired } = await credits();
    expect(available + spent + expired).toBe(granted);
    expect(spent).toBeGreaterThanOrEqual(outcomes['left'] ?? 0);
  }, 60_000);

  it('before anything was delivered pays nothing', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('slow');
    const asked = app.provider.requestCount();
    const controller = new AbortController();
    const call = openStream(app, owner, controller.signal).catch(() => undefined);
    await expect.poll(() => app.provider.requestCount()).toBe(asked + 1);
    controller.abort();
    await call;
    await settled().toBe(0);
    expect(await credits()).toMatchObject({ available: 1000, spent: 0 });
  });
});

describe.each(transports)('a caller that leaves a stream over %s at any moment', (transport) => {
  it('leaves no open hold, also before the first event', async () => {
    owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    app.provider.setFault('stall');
    const outcomes = await runConcurrently(150, 10, async (index) => {
      const controller = new AbortController();
      const call = openStream(app, owner, controller.signal, transport);
      const moment = new Promise((resolve) => setTimeout(resolve, index % 50));
      await Promise.race(index % 3 === 0 ? [call] : [call.catch(() => undefined), moment]);
      controller.abort();
      return call.then(
        () => 'left a stream',
        () => 'left before it',
      );
    });
    expect(outcomes['left before it']).toBeGreaterThan(0);
    expect(outcomes['left a stream']).toBeGreaterThanOrEqual(50);
    await settled().toBe(0);
  }, 60_000);
});
